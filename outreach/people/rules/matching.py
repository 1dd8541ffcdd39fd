"""Whether two descriptions could be of one person.

Four things are compared: the name, the birth, the place and the telephone. Three of four make it
likely, whatever the fourth says: names change with marriage, years are misheard. A namesake is
worth a look as long as the births do not contradict each other. A telephone alone, or together
with anything but a name, proves nothing: families share one.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ENOUGH = 3


class Field(StrEnum):
    """What can agree."""

    NAME = "name"
    BIRTH = "birth"
    PLACE = "place"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about somebody, in the keys of `sounds` and `addresses`; each may be empty.

    `place` is the pair of the keys of 大字 and 小字. It is left out for whoever is protected: that
    an address agrees would give it away.
    """

    sounds: frozenset[str] = frozenset()
    name_keys: frozenset[str] = frozenset()
    birth_year: int | None = None
    birth_date: date | None = None
    place: tuple[str, str] | None = None
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """What agrees between two descriptions that could be of one person."""

    agreeing: frozenset[Field]

    @property
    def is_likely(self) -> bool:
        """Whether a colleague should settle it before anything is written."""
        return len(self.agreeing) >= ENOUGH


def likeness(told: Facts, known: Facts) -> Likeness | None:
    """What agrees, if it is enough to ask whether both are one person; None otherwise."""
    birth = _births_agree(told, known)
    agreeing = frozenset(
        field
        for field, agrees in (
            (Field.NAME, _names_agree(told, known)),
            (Field.BIRTH, birth),
            (Field.PLACE, told.place is not None and told.place == known.place),
            (Field.PHONE, bool(told.phones & known.phones)),
        )
        if agrees
    )
    if Field.NAME in agreeing:
        is_worth_a_look = birth is not False or len(agreeing) >= ENOUGH
    else:
        # Man and wife share house and telephone, and often the year; the day, hardly anybody.
        is_worth_a_look = len(agreeing) >= ENOUGH and told.birth_date is not None
    return Likeness(agreeing) if is_worth_a_look else None


def _names_agree(told: Facts, known: Facts) -> bool:
    return bool(told.sounds & known.sounds or told.name_keys & known.name_keys)


def _births_agree(told: Facts, known: Facts) -> bool | None:
    """None where one of the two has told nothing."""
    if told.birth_date and known.birth_date:
        return told.birth_date == known.birth_date
    if told.birth_year and known.birth_year:
        return told.birth_year == known.birth_year
    return None
