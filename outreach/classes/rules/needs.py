"""What somebody tells about how they come to a class and what they want to learn there."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything about one person's day in class that takes neither a seat nor a handset.

    Nothing here is a diagnosis: `hearing` says that somebody sits in front, not why.
    """

    phone_model: str = ""
    wish: str = ""
    hearing: bool = False
    wheelchair: bool = False
    companion: bool = False
    wants_ride: bool = False

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of what is told, the same in forms and in the records."""
        return tuple(field.name for field in fields(cls))

    def told(self) -> dict[str, str | bool]:
        """Everything by its name."""
        return {name: getattr(self, name) for name in self.names()}
