"""The description of an audience: small, checked, and kept as JSON with the announcement."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Self

CHANNELS = ("sms", "email", "call", "letter")
EARLIEST_BIRTH_YEAR = 1890


class AudienceFault(ValueError):
    """A description nobody can follow; the text names the key and what is wrong with it."""


class Reach(StrEnum):
    """What people can be reached by."""

    ANYTHING = ""
    MOBILE = "mobile"
    LANDLINE_ONLY = "landline_only"  # a telephone, but neither a mobile nor an e-mail address
    EMAIL = "email"


class Classes(StrEnum):
    """What people have had to do with classes in a period."""

    ANYTHING = ""
    REGISTERED = "registered"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement is for. What is left empty narrows nothing.

    `districts` are codes; one that has parts stands for them too. `courses` are short names;
    without any, every class counts. `classes_from` and `classes_to` are days, both included.
    `session` is the key of the class session the announcement is about: who holds a seat in it,
    or has been told of it, is left out.
    """

    districts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    born_from: int | None = None
    born_to: int | None = None
    reach: Reach = Reach.ANYTHING
    channels: tuple[str, ...] = ()
    classes: Classes = Classes.ANYTHING
    courses: tuple[str, ...] = ()
    classes_from: date | None = None
    classes_to: date | None = None
    session: int | None = None

    def __post_init__(self) -> None:
        if _ends_before(self.born_from, self.born_to):
            raise AudienceFault("born_to comes before born_from.")
        if _ends_before(self.classes_from, self.classes_to):
            raise AudienceFault("classes_to comes before classes_from.")
        if set(self.channels) - set(CHANNELS):
            raise AudienceFault("channels holds something an announcement does not travel by.")

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The description as it was kept. Raises AudienceFault for anything it does not know."""
        unknown = sorted(set(kept) - {field.name for field in fields(cls)})
        if unknown:
            raise AudienceFault(f"{', '.join(unknown)}: nobody knows what this means.")
        read: dict[str, Any] = {name: _READERS[name](name, value) for name, value in kept.items()}
        return cls(**read)

    def to_json(self) -> dict[str, Any]:
        """What narrows the audience, as JSON keeps it."""
        chosen = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: _plain(value) for name, value in chosen.items() if value not in (None, (), "")
        }


def _ends_before(first: Any, last: Any) -> bool:
    return first is not None and last is not None and last < first


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def _texts(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise AudienceFault(f"{name} is not a list of texts.")
    return tuple(value)


def _number(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise AudienceFault(f"{name} is not a whole number.")
    return value


def _day(name: str, value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise AudienceFault(f"{name} is not a day like 2026-10-01.") from None


def _reach(name: str, value: Any) -> Reach:
    try:
        return Reach(value)
    except ValueError:
        raise AudienceFault(f"{name} is not one of {', '.join(filter(None, Reach))}.") from None


def _classes(name: str, value: Any) -> Classes:
    try:
        return Classes(value)
    except ValueError:
        raise AudienceFault(f"{name} is not one of {', '.join(filter(None, Classes))}.") from None


_READERS = {
    "districts": _texts,
    "languages": _texts,
    "born_from": _number,
    "born_to": _number,
    "reach": _reach,
    "channels": _texts,
    "classes": _classes,
    "courses": _texts,
    "classes_from": _day,
    "classes_to": _day,
    "session": _number,
}
