"""What the page of one request shows, whichever of its forms was sent."""

from typing import Any

from django.utils import timezone

from outreach.people.whereabouts import whereabouts
from outreach.visits.actions.card_steps import can_be_corrected, undoable
from outreach.visits.advice import advice, situation_of
from outreach.visits.day_stops import parking_at, phones_of
from outreach.visits.forms.card_steps import StepForm, UndoForm
from outreach.visits.forms.planning import PlanForm
from outreach.visits.forms.queue import HolderForm
from outreach.visits.models import Visit, VisitRequest
from outreach.visits.rules.transitions import steps_of_desk
from outreach.visits.step_limits import due_on


def shown(asked: VisitRequest, ahead: Visit | None, **forms: Any) -> dict[str, Any]:
    """The context of the page; forms that were sent and found wrong stand in for fresh ones."""
    made = list(asked.visits.exclude(outcome="").select_related("team").order_by("outcome_at"))
    is_standing = asked.state in VisitRequest.STANDING
    last = undoable(asked)
    today = timezone.localdate()
    where = whereabouts(asked.person)
    due = due_on(asked.state, asked.since) if is_standing else None
    held = {"holder": asked.holder_id, "seen": asked.holder_id}
    fresh = {
        "holder_form": HolderForm(initial=held, auto_id="holder_%s"),
        "form": PlanForm(
            initial={"visit": ahead and ahead.pk},
            auto_id="plan_%s",
            is_confirmed=is_confirmed(ahead),
        ),
        "step_form": StepForm(state=asked.state, initial={"on": today.isoformat()})
        if steps_of_desk(asked.state)
        else None,
        "undo_form": UndoForm(initial={"seen": asked.state}, auto_id="undo_%s") if last else None,
    }
    return {
        **fresh,
        **forms,
        "asked": asked,
        "ahead": ahead,
        "advice": advice(situation_of(asked, today=today)),
        "undoable": last,
        "is_standing": is_standing,
        "due": due,
        "is_late": due is not None and due < today,
        "can_be_planned": asked.state in {*VisitRequest.AWAITING_VISIT, VisitRequest.State.PLANNED},
        "correctable": next((visit for visit in reversed(made) if can_be_corrected(visit)), None),
        "phones": phones_of(asked.person.contact),
        "asker_phones": phones_of(asked.asked_by) if asked.asked_by else (),
        "where": where,
        "parking": parking_at(asked, where),
        "history": asked.events.select_related("by", "holder").order_by("at", "pk"),
        "made": made,
        "others": asked.person.visit_requests.exclude(pk=asked.pk).order_by("-asked_at", "-pk"),
    }


def is_confirmed(visit: Visit | None) -> bool:
    """Whether the people have said that the day of the visit ahead suits them."""
    return visit is not None and visit.confirmation == Visit.Confirmation.CONFIRMED


def visit_ahead(asked: VisitRequest) -> Visit | None:
    """The visit that is planned for a request."""
    return asked.visits.ahead().select_related("team").first()
