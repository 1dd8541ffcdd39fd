"""The outbox: what the city writes to whom, as the residents read it."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications.models import Contact, ContactPoint, Message
from notifications.rules.phones import PhoneNotUnderstood, parse_phone
from outreach.desk.forms.outbox import OutboxFilterForm
from outreach.desk.message_words import CHANNEL_WORDS, STATE_WORDS
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest

ON_ONE_PAGE = 25


@never_cache
@permission_required("people.see_outbox", raise_exception=True)
@require_safe
def outbox(request: StaffRequest) -> HttpResponse:
    """Messages, newest first, by state and channel."""
    form = OutboxFilterForm(request.GET)
    messages = Message.objects.outbox().select_related("contact__person")
    page = Paginator(messages.filter(**form.chosen), ON_ONE_PAGE).get_page(request.GET.get("page"))
    _record(request, page)
    lines = [line(message) for message in page]
    context = {"form": form, "page": page, "lines": lines, "chosen": form.chosen}
    return render(request, "desk/staff/outbox.html", context)


def line(message: Message) -> dict[str, Any]:
    """One message as the table shows it. A protected address (DV 支援措置) is shown nowhere."""
    point = message.point
    hides_address = bool(
        point and point.kind == ContactPoint.Kind.POST and message.contact.protected
    )
    return {
        "message": message,
        "state": STATE_WORDS[Message.State(message.state)],
        "channel": CHANNEL_WORDS[Contact.Channel(message.channel)],
        "hides_address": hides_address,
        "address": "" if hides_address or point is None else readable(point),
    }


def readable(point: ContactPoint) -> str:
    """A number the way people at home read it; anything else as it is written."""
    if point.kind != ContactPoint.Kind.PHONE:
        return point.value
    try:
        return parse_phone(point.value).national
    except PhoneNotUnderstood:
        return point.value


def _record(request: StaffRequest, page: Page) -> None:
    record_access(
        by=request.user,
        people=[message.contact.person for message in page if hasattr(message.contact, "person")],
        action=AccessRecord.Action.VIEW,
        screen="outbox",
        now=timezone.now(),
    )
