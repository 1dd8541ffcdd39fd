"""The outbox: what the city writes to whom, as the residents read it."""

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notifications.actions.doubts import NotInDoubt
from notifications.models import Message
from outreach.desk import doubts
from outreach.desk.actions.decisions import Decision, decide
from outreach.desk.forms.outbox import DecisionForm, OutboxFilterForm
from outreach.desk.message_lines import MessageLine, line
from outreach.desk.message_page import message_page
from outreach.desk.message_search import found_by
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest

ON_ONE_PAGE = 25

WHAT_NOW = {
    Decision.SENT: _("The message counts as sent."),
    Decision.AGAIN: _("The message is in the outbox again and goes out next."),
    Decision.DROP: _("The message is not sent."),
}

may_see_outbox = permission_required("people.see_outbox", raise_exception=True)


@never_cache
@may_see_outbox
@require_safe
def outbox(request: StaffRequest) -> HttpResponse:
    """Messages, newest first, by state, channel and purpose, or found by what somebody quotes."""
    form = OutboxFilterForm(request.GET)
    messages = Message.objects.outbox().select_related("contact__person").filter(**form.chosen)
    found = found_by(messages, form.search_words)
    page = Paginator(found, ON_ONE_PAGE).get_page(request.GET.get("page"))
    lines = [line(message) for message in page]
    looked = AccessRecord.Action.SEARCH if form.search_words else AccessRecord.Action.VIEW
    _record(request, lines, looked, "outbox")
    context = {"form": form, "page": page, "lines": lines, "asked": form.asked}
    return render(request, "desk/staff/outbox.html", context)


@never_cache
@may_see_outbox
@require_safe
def in_doubt(request: StaffRequest) -> HttpResponse:
    """Messages a person has to decide about, the oldest first."""
    page = Paginator(doubts.oldest_first(), ON_ONE_PAGE).get_page(request.GET.get("page"))
    lines = [line(message) for message in page]
    _record(request, lines, AccessRecord.Action.VIEW, "in-doubt")
    return render(request, "desk/staff/in_doubt.html", {"page": page, "lines": lines})


@never_cache
@may_see_outbox
@require_safe
def message(request: StaffRequest, pk: int) -> HttpResponse:
    """One message: its words, its history, the attempts before and after, and the decision."""
    return _page(request, _message(pk), DecisionForm())


@never_cache
@may_see_outbox
@permission_required("people.do_tasks", raise_exception=True)
@require_POST
def decision(request: StaffRequest, pk: int) -> HttpResponse:
    """Say what became of a message in doubt."""
    found = _message(pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    chosen = Decision(form.cleaned_data["decision"])
    try:
        decide(message=found, decision=chosen, by=request.user, now=timezone.now())
    except NotInDoubt as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _message(pk), form, status=409)
    _record(request, [line(found)], AccessRecord.Action.CHANGE, "message")
    notices.success(request, str(WHAT_NOW[chosen]))
    return HttpResponseRedirect(reverse("desk_staff:message", args=[pk]))


def _message(pk: int) -> Message:
    return get_object_or_404(Message.objects.select_related("contact__person", "point"), pk=pk)


def _page(
    request: StaffRequest, found: Message, form: DecisionForm, *, status: int = 200
) -> HttpResponse:
    page = message_page(found)
    _record(request, [page.line], AccessRecord.Action.VIEW, "message")
    context = {"page": page, "line": page.line, "form": form}
    return render(request, "desk/staff/message.html", context, status=status)


def _record(
    request: StaffRequest, lines: list[MessageLine], action: AccessRecord.Action, screen: str
) -> None:
    contacts = [one.message.contact for one in lines]
    record_access(
        by=request.user,
        people=[contact.person for contact in contacts if hasattr(contact, "person")],
        action=action,
        screen=screen,
        now=timezone.now(),
    )
