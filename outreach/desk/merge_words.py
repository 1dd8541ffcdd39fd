"""Why two records cannot become one yet, in words of the room that knows."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.people.actions.merges import CannotMerge

_WORDS: dict[str, str | Promise] = {
    "classes.Registration": _(
        "Both are registered for the same class. Cancel one of the registrations first."
    ),
    "visits.VisitRequest": _("Both have an open visit request. Cancel one of them first."),
    "mynumber.Reminder": _("Both are to be reminded of a card. Cancel one of the reminders first."),
}


def refusal_words(refusal: CannotMerge) -> str:
    """The sentence for a colleague, with what to do about it."""
    return str(_WORDS.get(refusal.label, refusal))
