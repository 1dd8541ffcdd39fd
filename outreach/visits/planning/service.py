"""How long a visit takes, from where it is made and for how many people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceMinutes:
    """Minutes at a home, and for each person at a facility; a city sets them.

    Field practice: 45 to 60 minutes a home, 20 to 30 a person where several are seen in a row.
    """

    home: int = 50
    each_person: int = 25


def minutes_of_visit(*, people: int, at_facility: bool, minutes: ServiceMinutes) -> int:
    """A home counts whole for the first person there and by the person for the others."""
    if people < 1:
        raise ValueError("A visit is to somebody.")
    if at_facility:
        return people * minutes.each_person
    return minutes.home + (people - 1) * minutes.each_person
