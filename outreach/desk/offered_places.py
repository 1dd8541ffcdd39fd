"""The place in a class a task is about."""

from outreach.classes.models import Offer
from outreach.people.models import Task


def offer_of(task: Task) -> Offer | None:
    """The offer somebody is to be called about, answered or not; None for any other task."""
    if task.kind != Task.Kind.CALL or task.message is None:
        return None
    occasion, _colon, key = task.message.occasion.partition(":")
    if occasion != Offer.OCCASION:
        return None
    with_person = Offer.objects.select_related("registration__person__contact")
    return with_person.filter(pk=key).first()
