"""What an officer types when a caller wants a time at a counter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from notifications.forms import PhoneField
from outreach.desk.forms.phone_desk import OFFICE
from outreach.people.forms import NAME_LENGTH
from outreach.people.rules.names import tidy_name
from outreach.reception.forms.booking import time_value
from outreach.reception.models import OpeningDay, ReceptionPoint, Relation
from outreach.reception.openings import DayChoice
from outreach.reception.rules.slots import Slot


class ErrandForm(GuardedForm):
    """Where and what for, and who is calling."""

    errand = forms.ChoiceField(
        label=_("What it is for"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is for.")},
    )
    relation = forms.ChoiceField(
        label=_("Who is calling?"),
        choices=Relation.choices,
        initial=Relation.SELF,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is calling.")},
    )
    asker_name = forms.CharField(
        label=_("Caller's name"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Only when somebody calls for another person."),
    )
    asker_phone = PhoneField(label=_("Caller's phone number"), required=False)

    def __init__(
        self, *args: Any, points: list[ReceptionPoint], is_reachable: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_reachable = is_reachable
        self.points = {str(point.pk): point for point in points}
        self.fields["errand"].choices = [  # type: ignore[attr-defined]
            (str(point), [(f"{point.pk}-{one.value}", one.label) for one in point.services])
            for point in points
        ]
        for field in self.fields.values():
            field.widget.attrs |= OFFICE

    @property
    def chosen(self) -> tuple[ReceptionPoint, str]:
        """The point and the service; call it only on a valid form."""
        point, _dash, service = self.cleaned_data["errand"].partition("-")
        return self.points[point], service

    def clean_asker_name(self) -> str:
        return tidy_name(self.cleaned_data["asker_name"])

    def clean(self) -> dict[str, Any]:
        """Whoever calls for another leaves a name; somebody can be reached."""
        answers = super().clean() or self.cleaned_data
        is_other = answers.get("relation") not in (None, Relation.SELF)
        if is_other and not answers.get("asker_name") and "asker_name" not in self.errors:
            self.add_error("asker_name", _("Ask for the name of the person who is calling."))
        told = is_other and answers.get("asker_phone")
        if not (self.is_reachable or told or "asker_phone" in self.errors):
            self.add_error(
                "asker_phone",
                _("Nobody could be reached. Ask for a number at which we can call back."),
            )
        return answers


class SlotForm(GuardedForm):
    """A day and a time together, as the officer reads them out."""

    slot = forms.ChoiceField(
        label=_("Time"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a time."),
            "invalid_choice": _("This time has just been taken. Please choose another one."),
        },
    )

    def __init__(self, *args: Any, days: list[DayChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = {
            f"{choice.day.pk}-{time_value(slot.starts_at)}": (choice.day, slot)
            for choice in days
            for slot in choice.slots
        }
        self.fields["slot"].choices = [  # type: ignore[attr-defined]
            (value, value) for value in self.slots
        ]

    @property
    def chosen(self) -> tuple[OpeningDay, Slot]:
        """The day and the time; call it only on a valid form."""
        return self.slots[self.cleaned_data["slot"]]

    @property
    def by_day(self) -> list[tuple[OpeningDay, list[tuple[str, Slot]]]]:
        """The times of each day with what the form sends for them."""
        days: dict[int, tuple[OpeningDay, list[tuple[str, Slot]]]] = {}
        for value, (day, slot) in self.slots.items():
            days.setdefault(day.pk, (day, []))[1].append((value, slot))
        return list(days.values())
