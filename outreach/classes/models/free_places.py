"""The rules of `rules.line` on one class, in the words of the database."""

from django.db.models import F, Q


def is_left(needs_handset: bool) -> Q:
    """A seat, and a handset for who needs one."""
    seat = Q(seats_taken__lt=F("capacity"))
    return seat & Q(handsets_taken__lt=F("handsets")) if needs_handset else seat


def nobody_comes_first(needs_handset: bool) -> Q:
    """Nobody in line could use the same place."""
    if needs_handset:
        return Q(line_own=0, line_loan=0)
    no_handset = Q(handsets_taken__gte=F("handsets"))
    return Q(line_own=0) & (Q(line_loan=0) | no_handset)
