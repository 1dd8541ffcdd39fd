from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from mynumber.validators import refuse_forbidden_numbers
from outreach.reception.models import Payment, Service
from outreach.reception.models.reception_point import BUFFERS, LENGTHS


class ReceptionPointForm(WagtailAdminModelForm):
    """What editors say about a counter; times are chosen, because they stand on a grid."""

    payments = forms.MultipleChoiceField(
        label=_("Ways to pay"),
        choices=Payment.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for service in Service:
            self.fields[f"{service.value}_minutes"] = _minutes(LENGTHS, required=False)
        self.fields["buffer_minutes"] = _minutes(BUFFERS, required=True)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators.append(refuse_forbidden_numbers)


def _minutes(choices: tuple[int, ...], *, required: bool) -> forms.TypedChoiceField:
    offered = [(number, str(number)) for number in choices]
    return forms.TypedChoiceField(
        choices=offered if required else [("", "—"), *offered],
        coerce=int,
        empty_value=None,
        required=required,
        initial=choices[1] if required else None,
    )
