"""Sealed PIN sheets and cards are counted out in the morning and in again in the evening."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from outreach.visits.models import CustodyCount, Team


class CountRefused(Exception):
    """The count does not fit what was counted before, or who signs for it."""


def count(
    *,
    team: Team,
    day: date,
    when: str,
    sheets: int,
    cards: int,
    second: User,
    by: User,
    now: datetime,
) -> CustodyCount:
    """Write down what two people counted. Raises CountRefused."""
    if second == by or not team.members.filter(pk=second.pk).exists():
        raise CountRefused(_("Two people of the team count and sign."))
    if when == CustodyCount.When.BACK:
        out = CustodyCount.objects.filter(team=team, day=day, when="out").first()
        if out is None:
            raise CountRefused(_("Nothing was counted out on this day. Count out first."))
        if sheets > out.sheets or cards > out.cards:
            raise CountRefused(_("More cannot come back than was counted out. Count again."))
    try:
        with transaction.atomic():
            return CustodyCount.objects.create(
                team=team,
                day=day,
                when=when,
                sheets=sheets,
                cards=cards,
                counted_at=now,
                counted_by=by,
                second=second,
            )
    except IntegrityError:
        raise CountRefused(_("This was counted and signed already.")) from None
