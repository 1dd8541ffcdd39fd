"""Why two records cannot become one yet, in words of the room that knows."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.people.actions.merges import CannotMerge

_WORDS: dict[str, str | Promise] = {
    "classes.Registration": _(
        "Both are registered for the same class. Cancel one of the registrations first."
    ),
    "visits.VisitParticipant": _("A visit to each of them is planned. Call one of the visits off."),
    "reception.Appointment": _(
        "Both have an appointment for the same service. Cancel one of the appointments first."
    ),
    "mynumber.Reminder": _("Both are to be reminded of a card. Cancel one of the reminders first."),
}


def refusal_words(refusal: CannotMerge) -> str:
    """The sentence for a colleague, with what to do about it."""
    return str(_WORDS.get(refusal.label, refusal))
