"""What every form of the house does, and the forms about cards."""

from mynumber.forms.guarded import GuardedForm, echo
from mynumber.forms.written_dates import WrittenDateField

__all__ = ["GuardedForm", "WrittenDateField", "echo"]
