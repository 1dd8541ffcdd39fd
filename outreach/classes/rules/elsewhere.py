"""Where people of a day that was called off are offered a place, in their order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from outreach.classes.rules.line import Free, InLine


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another day: its key, what is left of it, how many wait for it, whether handsets are lent."""

    key: int
    free: Free
    waiting: int
    lends_handsets: bool

    def takes(self, person: InLine) -> bool:
        """Whether there is a place at once. Who stands in its line already comes first."""
        return not self.waiting and self.free.fits(needs_handset=person.needs_handset)


def assign(people: Iterable[InLine], days: Iterable[Elsewhere]) -> dict[int, int | None]:
    """The day for each person: the first with a place, else the one with the shortest line.

    None for who needs a handset where no day lends any.
    """
    left = {day.key: day for day in days}
    return {person.key: _day_for(person, left) for person in people}


def _day_for(person: InLine, left: dict[int, Elsewhere]) -> int | None:
    fitting = [day for day in left.values() if day.lends_handsets or not person.needs_handset]
    with_place = [day for day in fitting if day.takes(person)]
    if with_place:
        day = with_place[0]
        free = day.free.less(needs_handset=person.needs_handset)
        left[day.key] = replace(day, free=free)
        return day.key
    if not fitting:
        return None
    day = min(fitting, key=lambda day: day.waiting)
    left[day.key] = replace(day, waiting=day.waiting + 1)
    return day.key
