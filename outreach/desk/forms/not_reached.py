"""The filter above the list of people nobody has reached."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from outreach.places.models import District


class NotReachedFilterForm(GuardedForm):
    """Which district to show; one that is not there counts as none."""

    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=District.objects.to_choose_from(),
        to_field_name="code",
        required=False,
        empty_label=_("All districts"),
    )

    @property
    def code(self) -> str:
        """The code of the district that was chosen, empty for all."""
        self.full_clean()
        district = self.cleaned_data.get("district")
        return district.code if district else ""
