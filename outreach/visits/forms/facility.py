from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.people.models import CareFacility


class FacilityForm(forms.Form):
    """Which facility on record asked for a group."""

    facility = forms.ModelChoiceField(
        label=_("Facility on record"),
        queryset=CareFacility.objects.order_by("kana", "name"),
        required=False,
        empty_label=_("Not on record"),
    )
