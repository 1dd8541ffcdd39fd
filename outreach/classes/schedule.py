"""The public schedule: what a reader looks for, as a list or as a month."""

import re
from calendar import SUNDAY, Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from modeltranslation.utils import build_localized_fieldname

from outreach.classes.models import ClassSession, Course, Topic, Tutor
from outreach.places.models import District

# So many classes fit on one page of a telephone without weighing on it.
PAGE = 30
QUESTIONS = ("district", "course", "topic", "lang")
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_READING = re.compile(r"\{([^{}|]+)\|[^{}|]+\}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question of the filters."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month that is shown, and its classes."""

    on: date
    is_of_month: bool
    sessions: list[ClassSession]


class Schedule:
    """The classes one address asks for; what it cannot mean is taken as not asked."""

    def __init__(self, asked: Mapping[str, str], *, now: datetime) -> None:
        self.now = now
        self.by_month = asked.get("view") == "month"
        self.only_free = asked.get("free") == "1"
        self._asked = {
            name: asked.get(name, "") for name in ("district", "course", "topic", "lang")
        }
        self._month = asked.get("month", "")
        self._page = asked.get("page", "")

    # --- the questions -----------------------------------------------------------------------
    @cached_property
    def districts(self) -> list[Choice]:
        """Districts by the reader's name of them."""
        japanese = get_language() in ("ja", "ja-easy")
        rows = District.objects.to_choose_from()
        return self._choices(
            "district",
            [(one.code, one.name if japanese else one.name_roman or one.name) for one in rows],
        )

    @cached_property
    def courses(self) -> list[Choice]:
        """Courses residents can come to."""
        return self._choices("course", [(one.slug, _title(one)) for one in self._courses])

    @cached_property
    def topics(self) -> list[Choice]:
        """What the courses teach, in the order of the curriculum."""
        taught = {topic for course in self._courses for topic in course.topics}
        rows = [(value, str(label)) for value, label in Topic.choices if value in taught]
        return self._choices("topic", rows)

    @cached_property
    def languages(self) -> list[Choice]:
        """Languages besides Japanese that a tutor speaks."""
        spoken = {code for tutor in self._tutors for code in tutor.languages}
        return self._choices(
            "lang", [(code, name) for code, name in settings.LANGUAGES[2:] if code in spoken]
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is looked for at all."""
        return self.only_free or any(self._asked.values())

    @property
    def looked_for(self) -> list[str]:
        """The answers that were chosen, as the reader knows them."""
        questions = (self.districts, self.courses, self.topics, self.languages)
        return [one.label for choices in questions for one in choices if one.chosen]

    # --- the answers -------------------------------------------------------------------------
    @cached_property
    def sessions(self) -> list[ClassSession]:
        """The page of the list that is shown, soonest first."""
        return self._rows[:PAGE]

    @property
    def next_page(self) -> str:
        """Where the later classes stand; empty on the last page."""
        return self._address(page=str(self.page + 1)) if len(self._rows) > PAGE else ""

    @property
    def page_before(self) -> str:
        """Where the earlier classes stand; empty on the first page."""
        return self._address(page=str(self.page - 1)) if self.page > 1 else ""

    @property
    def page(self) -> int:
        """Which page of the list is shown, from 1."""
        known = self._page.isascii() and self._page.isdecimal() and len(self._page) < 5
        return max(1, int(self._page)) if known else 1

    @cached_property
    def month(self) -> date:
        """The first of the month that is shown: the one asked for, else that of the next class."""
        if match := _MONTH.fullmatch(self._month):
            return date(int(match[1]), int(match[2]), 1)
        return self._month_unasked

    @cached_property
    def weeks(self) -> list[list[Day]]:
        """The month in weeks from Sunday, as calendars hang on walls here."""
        weeks = Calendar(SUNDAY).monthdatescalendar(self.month.year, self.month.month)
        town = timezone.get_default_timezone()
        since = datetime.combine(weeks[0][0], time.min, tzinfo=town)
        until = datetime.combine(weeks[-1][-1] + timedelta(days=1), time.min, tzinfo=town)
        by_day: dict[date, list[ClassSession]] = {}
        for session in self._found.filter(starts_at__gte=since, starts_at__lt=until):
            by_day.setdefault(timezone.localdate(session.starts_at), []).append(session)
        return [
            [Day(day, day.month == self.month.month, by_day.get(day, [])) for day in week]
            for week in weeks
        ]

    @property
    def month_before(self) -> str:
        """The address of the month before; empty when it has nothing to come any more."""
        if self.month <= _first_of_month(self.now):
            return ""
        return self._address_of((self.month - timedelta(days=1)).replace(day=1))

    @property
    def month_after(self) -> str:
        """The address of the month after; empty when nothing is planned so far ahead."""
        if self.month >= _first_of_month(self._ends["last"] or self.now):
            return ""
        return self._address_of((self.month + timedelta(days=31)).replace(day=1))

    @property
    def month_turned_to(self) -> str:
        """The month as its address names it; empty for the one that is shown unasked."""
        return "" if self.month == self._month_unasked else f"{self.month:%Y-%m}"

    @property
    def as_list(self) -> str:
        """The address of the same classes as a list."""
        return self._address()

    @property
    def as_month(self) -> str:
        """The address of the same classes as a month."""
        return self._address(view="month")

    @property
    def _month_unasked(self) -> date:
        return _first_of_month(self._ends["first"] or self.now)

    @cached_property
    def _ends(self) -> dict[str, datetime | None]:
        """When the first and the last of the classes begin."""
        return self._found.aggregate(first=Min("starts_at"), last=Max("starts_at"))

    @cached_property
    def _rows(self) -> list[ClassSession]:
        start = (self.page - 1) * PAGE
        return list(self._found[start : start + PAGE + 1])

    @property
    def _found(self) -> QuerySet[ClassSession]:
        if self.by_month:
            # A calendar shows every day; a list the series once, with its days.
            found = ClassSession.objects.on_the_calendar(now=self.now)
        else:
            found = ClassSession.objects.public_schedule(now=self.now)
        if code := self._chosen(self.districts):
            found = found.filter(venue__district__code=code)
        if slug := self._chosen(self.courses):
            found = found.filter(course__slug=slug)
        if topic := self._chosen(self.topics):
            teaching = [course.pk for course in self._courses if topic in course.topics]
            found = found.filter(course__in=teaching)
        if language := self._chosen(self.languages):
            speaking = [tutor.pk for tutor in self._tutors if language in tutor.languages]
            found = found.filter(tutors__in=speaking).distinct()
        if self.only_free:
            found = found.filter(state=ClassSession.State.ANNOUNCED)
            found = found.that_take(needs_handset=False, now=self.now)
        return found

    @cached_property
    def _courses(self) -> list[Course]:
        offered = Course.objects.filter(audience=Course.Audience.RESIDENTS)
        return list(offered.to_choose_from())

    @cached_property
    def _tutors(self) -> list[Tutor]:
        return list(Tutor.objects.filter(is_active=True))

    def _choices(self, name: str, rows: list[tuple[str, str]]) -> list[Choice]:
        return [Choice(value, label, value == self._asked[name]) for value, label in rows]

    @staticmethod
    def _chosen(choices: list[Choice]) -> str:
        return next((choice.value for choice in choices if choice.chosen), "")

    def _address_of(self, month: date) -> str:
        """A month's address: the month that is shown unasked has no second one, nor a title."""
        if month == self._month_unasked:
            return self.as_month
        return self._address(view="month", month=f"{month:%Y-%m}")

    def _address(self, **changes: str) -> str:
        asked = {**self._asked, "free": "1" if self.only_free else "", **changes}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _first_of_month(moment: datetime) -> date:
    return timezone.localdate(moment).replace(day=1)


def _title(course: Course) -> str:
    """The title for an option of a select, which can hold no furigana."""
    own = getattr(course, build_localized_fieldname("title", get_language() or "ja"), "")
    return _READING.sub(r"\1", own or str(course))
