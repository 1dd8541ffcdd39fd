"""What a person can answer to an automatic call, by pressing a key."""

from enum import StrEnum


class Answer(StrEnum):
    """The keys, as the voice reads them out."""

    CONFIRM = "1"
    CANCEL = "2"
    SPEAK = "3"
    STOP = "9"
