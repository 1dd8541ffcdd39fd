from outreach.classes.questionnaire import NeedsForm, WishForm
from outreach.classes.rules.needs import Needs


class OwnNeedsForm(NeedsForm, WishForm):
    """What can be changed after registering; a handset cannot: it is counted like a seat."""

    note = None  # type: ignore[assignment]  # told once, for the tutor

    def needs(self) -> Needs:
        """What is needed now; call it only on a valid form."""
        return Needs(**self.cleaned_data)
