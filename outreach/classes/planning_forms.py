"""What officers fill in to plan, move and call off classes."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.classes.actions.sessions import Season
from outreach.classes.models import ClassSession, Course, Tutor
from outreach.classes.models.class_session import MIN_PEOPLE
from outreach.classes.rules.clock_times import TimeNotUnderstood, parse_clock_time
from outreach.classes.rules.session_days import Rule
from outreach.places.models import Venue

# A venue of the city holds fewer; a typing error holds more.
MOST_SEATS = 200
# One fiscal year is planned at a time.
LONGEST_PLAN = timedelta(days=366)
REASON_LENGTH = 200
# The months that can be chosen: the last half year and the coming one and a half.
MONTHS_BACK, MONTHS_AHEAD = 6, 18

DATE_HINT = _("For example 2026-12-05, 2026年12月5日 or 令和8年12月5日.")


class WrittenTimeField(forms.CharField):
    """A time of day in any way staff write it; cleans to a time."""

    def clean(self, value: Any) -> time:
        written = super().clean(value)
        try:
            return parse_clock_time(written)
        except TimeNotUnderstood:
            raise forms.ValidationError(
                _("This is not a time of day we can read. Write it like 10:00 or 午後1時30分."),
                code="time",
            ) from None


def _number(label: Any, *, least: int, initial: int | None, invalid: Any) -> forms.IntegerField:
    """A number in digits of any width; one with an `initial` may be left empty and is that."""
    return forms.IntegerField(
        label=label,
        required=initial is None,
        min_value=least,
        max_value=MOST_SEATS,
        initial=initial,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": invalid, "invalid": invalid},
    )


class HoursForm(GuardedForm):
    """From when to when."""

    start = WrittenTimeField(
        label=_("Begins at"),
        max_length=20,
        help_text=_("For example 10:00 or 午後1時30分."),
        error_messages={"required": _("Write when the class begins.")},
    )
    end = WrittenTimeField(
        label=_("Ends at"),
        max_length=20,
        error_messages={"required": _("Write when the class ends.")},
    )


class PlaceForm(GuardedForm):
    """In which venue, and in which of its rooms."""

    venue = forms.ModelChoiceField(
        label=_("Venue"), queryset=Venue.objects.to_choose_from(), empty_label=None
    )
    room = forms.CharField(
        label=_("Room"),
        required=False,
        max_length=80,
        help_text=_("As the venue calls it. Empty: the class has the whole venue."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        venue, room = answers.get("venue"), answers.get("room")
        if venue and room and venue.room_names and room not in venue.room_names:
            self.add_error(
                "room",
                gettext("This venue has no such room. Its rooms are: %(rooms)s.")
                % {"rooms": "、".join(venue.room_names)},
            )
        return answers


class PlacesForm(GuardedForm):
    """Who teaches, and for how many people."""

    tutors = forms.ModelMultipleChoiceField(
        label=_("Tutors"),
        queryset=Tutor.objects.to_choose_from(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    capacity = _number(
        _("Number of seats"),
        least=1,
        initial=None,
        invalid=_("Write the number of seats in digits, for example 10."),
    )
    handsets = _number(
        _("Smartphones to lend"),
        least=0,
        initial=0,
        invalid=_("Write the number of smartphones in digits; 0 if none are lent."),
    )
    bus_seats = _number(
        _("Seats in the bus"),
        least=0,
        initial=0,
        invalid=_("Write the number of seats in digits; 0 if no rides are given."),
    )
    min_people = _number(
        _("Smallest number of people"),
        least=0,
        initial=MIN_PEOPLE,
        invalid=_("Write in digits how many people the class needs to be held."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        for name in ("handsets", "bus_seats", "min_people"):
            if name in answers and answers[name] is None:
                answers[name] = self.fields[name].initial
        if answers.get("min_people", 0) > answers.get("capacity", MOST_SEATS):
            self.add_error(
                "min_people", gettext("The class would need more people than it has seats.")
            )
        return answers


class SessionForm(HoursForm, PlaceForm, PlacesForm):
    """A class an officer plans: what, where, when, and for how many."""

    course = forms.ModelChoiceField(
        label=_("Course"), queryset=Course.objects.to_choose_from(), empty_label=None
    )
    on = WrittenDateField(
        label=_("Date"),
        help_text=DATE_HINT,
        error_messages={"required": _("Write the date of the class.")},
    )

    field_order = ("course", "on", "start", "end", "venue", "room", "tutors")

    def plan(self) -> dict[str, Any]:
        """The answers as `sessions.announce` takes them; times of day are the town's."""
        answers = dict(self.cleaned_data)
        on, start, end = (answers.pop(name) for name in ("on", "start", "end"))
        return {**answers, "starts_at": _moment(on, start), "ends_at": _moment(on, end)}


class SeasonForm(HoursForm, PlaceForm, PlacesForm):
    """A class an officer plans on many days by a rule."""

    course = forms.ModelChoiceField(
        label=_("Course"), queryset=Course.objects.to_choose_from(), empty_label=None
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Every"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one day of the week.")},
    )
    first = WrittenDateField(
        label=_("From"),
        help_text=DATE_HINT,
        error_messages={"required": _("Write the first day.")},
    )
    last = WrittenDateField(label=_("Until"), error_messages={"required": _("Write the last day.")})

    field_order = ("course", "weekdays", "first", "last", "start", "end", "venue", "room", "tutors")

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        first, last = answers.get("first"), answers.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The last day comes before the first one."))
        elif first and last and last - first > LONGEST_PLAN:
            self.add_error("last", gettext("Plan at most one year at a time."))
        return answers

    def season(self) -> Season:
        """The answers as `sessions.preview` and `sessions.plan` take them."""
        answers = dict(self.cleaned_data)
        rule = Rule(
            weekdays=frozenset(answers.pop("weekdays")),
            **{name: answers.pop(name) for name in ("first", "last", "start", "end")},
        )
        return Season(rule=rule, **answers)


class MoveForm(HoursForm, PlaceForm):
    """Another day, time or place for a class."""

    on = WrittenDateField(
        label=_("Date"),
        help_text=DATE_HINT,
        error_messages={"required": _("Write the date of the class.")},
    )

    field_order = ("on", "start", "end", "venue", "room")

    @classmethod
    def as_it_is(cls, session: ClassSession) -> dict[str, Any]:
        """What stands in the form before anything is changed."""
        start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        return {
            "on": start.date(),
            "start": f"{start:%H:%M}",
            "end": f"{end:%H:%M}",
            "venue": session.venue_id,
            "room": session.room,
        }

    def moved(self) -> dict[str, Any]:
        """The answers as `changes.move` takes them."""
        answers = dict(self.cleaned_data)
        on, start, end = (answers.pop(name) for name in ("on", "start", "end"))
        return {**answers, "starts_at": _moment(on, start), "ends_at": _moment(on, end)}


class AdjustForm(PlacesForm):
    """Other tutors or numbers for a class."""

    def __init__(self, *args: Any, session: ClassSession, **kwargs: Any) -> None:
        names = ("capacity", "handsets", "bus_seats", "min_people")
        teaching = list(session.tutors.all())
        initial = {name: getattr(session, name) for name in names} | {"tutors": teaching}
        super().__init__(*args, initial=initial, **kwargs)
        # Who teaches this class stays, also when they take no new ones.
        stays = Tutor.objects.filter(pk__in=[tutor.pk for tutor in teaching])
        choices = Tutor.objects.to_choose_from() | stays
        self.fields["tutors"].queryset = choices.order_by("name", "pk")  # type: ignore[attr-defined]


class CallOffForm(GuardedForm):
    """Why a class is called off; people are told in these words."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_("The people who registered read it, for example 大雪のため."),
        error_messages={"required": _("Write why the class is called off.")},
    )


class ElsewhereForm(GuardedForm):
    """Other days for the people of a class that was called off."""

    def __init__(self, *args: Any, days: list[ClassSession], **kwargs: Any) -> None:
        self.days = {str(day.pk): day for day in days}
        super().__init__(*args, **kwargs)
        self.fields["elsewhere"] = forms.MultipleChoiceField(
            label=_("Other days"),
            choices=[(key, _day_in_words(day)) for key, day in self.days.items()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick at least one day.")},
        )

    def elsewhere(self) -> list[ClassSession]:
        """The chosen days, soonest first."""
        chosen = set(self.cleaned_data["elsewhere"])
        return [day for key, day in self.days.items() if key in chosen]


class FilterForm(GuardedForm):
    """Which classes the desk wants to see; an answer nobody offered filters nothing."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    course = forms.ModelChoiceField(
        label=_("Course"),
        queryset=Course.objects.to_choose_from(),
        required=False,
        empty_label=_("All"),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All")),
            ("open", _("Open")),
            ("full", _("Full")),
            ("over", _("Over")),
            ("called_off", _("Called off")),
        ],
    )
    flag = forms.ChoiceField(
        label=_("Marked"),
        required=False,
        choices=[
            ("", _("All")),
            ("too_few", _("Too few people")),
            ("moved", _("Moved")),
            ("no_tutor", _("No tutor yet")),
        ],
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [_month(today, offset) for offset in range(-MONTHS_BACK, MONTHS_AHEAD + 1)]
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            ("", _("From the last 30 days on")),
            *((f"{month:%Y-%m}", month) for month in months),
        ]

    def chosen(self) -> dict[str, Any]:
        """The answers that could be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _month(today: date, offset: int) -> date:
    years, month = divmod(today.month - 1 + offset, 12)
    return date(today.year + years, month + 1, 1)


def _day_in_words(day: ClassSession) -> str:
    """When and where, and what is free: what an officer needs to choose."""
    return gettext(
        "%(day)s (%(weekday)s) %(start)s, %(venue)s: %(free)d seats free, %(wait)d wait"
    ) % {
        "day": date_format(timezone.localtime(day.starts_at), "DATE_FORMAT"),
        "weekday": date_format(timezone.localtime(day.starts_at), "D"),
        "start": f"{timezone.localtime(day.starts_at):%H:%M}",
        "venue": day.venue,
        "free": day.seats_left,
        "wait": day.waiting,
    }


def _moment(on: date, at: time) -> datetime:
    return datetime.combine(on, at, tzinfo=timezone.get_default_timezone())
