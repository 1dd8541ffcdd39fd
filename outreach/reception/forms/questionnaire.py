"""A resident's way to a time at a counter, for a new appointment or for one to be moved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from outreach.people.forms import ReachForm
from outreach.people.models import Person
from outreach.people.questionnaire import Questionnaire
from outreach.reception.forms.booking import (
    DayForm,
    ServiceForm,
    TimeForm,
    VisitorForm,
    WhoForm,
    time_value,
)
from outreach.reception.models import Appointment, OpeningDay, ReceptionPoint, Relation
from outreach.reception.openings import DayChoice, days_with_room, slots_of
from outreach.reception.rules.slots import Slot
from outreach.visits.forms.asker import AskerForm

WHEN = ("day", "time")


class BookingQuestionnaire(Questionnaire):
    """The pages this resident sees; nobody is asked what the city has been told before.

    Somebody who came by their own signed link is `known`; `moving` is the appointment that gets
    another time.
    """

    pages = {
        "service": ServiceForm,
        "day": DayForm,
        "time": TimeForm,
        "who": WhoForm,
        "asker": AskerForm,
        "person": VisitorForm,
        "reach": ReachForm,
    }

    def __init__(
        self,
        typed: Mapping[str, str],
        *,
        point: ReceptionPoint,
        now: datetime,
        known: Person | None = None,
        moving: Appointment | None = None,
    ) -> None:
        super().__init__(typed)
        self.point, self.now, self.known, self.moving = point, now, known, moving
        self._days: list[DayChoice] | None = None

    @property
    def steps(self) -> list[str]:
        if self.moving:
            return list(WHEN)
        if self.known:
            return ["service", *WHEN]
        return [step for step in self.pages if step != "asker" or self.is_for_another]

    @property
    def first(self) -> str:
        return self.steps[0]

    @property
    def mark(self) -> UUID:
        """The mark of these very answers.

        Somebody who goes back and books for a neighbour sends the same form with another name:
        that is a second appointment, and only the same answers again are a double click.
        """
        return uuid5(self.submission, repr(sorted(self.typed.items())))

    @property
    def is_for_another(self) -> bool:
        relation = self.typed.get("relation", "")
        return relation in Relation and relation != Relation.SELF

    @property
    def service(self) -> str:
        """What it is for; empty while that is not known."""
        asked = self.moving.service if self.moving else self.typed.get("service", "")
        return asked if asked in self.point.services else ""

    @property
    def days(self) -> list[DayChoice]:
        """The days that have a time for the service."""
        if self._days is None:
            self._days = (
                days_with_room(self.point, self.service, now=self.now, besides=self.moving)
                if self.service
                else []
            )
        return self._days

    @property
    def day(self) -> OpeningDay | None:
        """The day that was chosen, while it has a free time."""
        chosen = self.typed.get("day", "")
        return next((one.day for one in self.days if str(one.day.pk) == chosen), None)

    @property
    def slots(self) -> list[Slot]:
        """The free times of the chosen day."""
        if self.day is None:
            return []
        return slots_of(self.day, self.service, now=self.now, besides=self.moving)

    def needs(self, step: str) -> dict[str, Any]:
        match step:
            case "service":
                return {"point": self.point}
            case "day":
                return {"days": self.days}
            case "time":
                return {"slots": self.slots}
            case "person":
                return {"is_for_another": self.is_for_another}
            case "reach":
                return {"must_be_reachable": not self.is_for_another}
        return {}

    def chosen(self) -> Slot:
        """The time that was chosen; only when `first_to_answer` finds nothing."""
        return next(one for one in self.slots if time_value(one.starts_at) == self.typed["time"])

    def told(self) -> dict[str, Any]:
        """Who comes, as `bookings.take` takes it; only when `first_to_answer` finds nothing."""
        answers = self.cleaned()
        return {name: value for name, value in answers.items() if name not in ("day", "time")}
