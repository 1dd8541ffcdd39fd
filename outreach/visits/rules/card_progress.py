"""How far a request has come on the way to a card."""

from enum import StrEnum


class Progress(StrEnum):
    """The furthest step that was reached; every request stands at one of them."""

    NOT_APPLIED = "not_applied"
    APPLIED = "applied"
    ARRIVED = "arrived"
    HANDED_OVER = "handed_over"  # a card gained


def progress(*, applied: bool, arrived: bool, handed_over: bool) -> Progress:
    """The furthest of the steps that have a day."""
    if handed_over:
        return Progress.HANDED_OVER
    if arrived:
        return Progress.ARRIVED
    return Progress.APPLIED if applied else Progress.NOT_APPLIED
