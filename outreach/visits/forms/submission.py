from collections.abc import Mapping
from uuid import UUID, uuid4


def submission_of(typed: Mapping[str, str]) -> UUID:
    """The mark of one sending of a form, by which a double click is known.

    A new one when none came back, or a damaged one. It is not a form field: as free text, one in
    some thousands would be refused for looking like a number of the card.
    """
    try:
        return UUID(typed.get("submission", ""))
    except ValueError:
        return uuid4()
