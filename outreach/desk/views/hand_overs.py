"""Hand messages to those who carry them: print letters, pass on a file, note what came of it."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications.actions import delivery_reports, hand_overs
from notifications.actions.hand_overs import HandOverSettled, SendingIsOff
from notifications.letters import CannotPrint, letters_pdf, missing_libraries, postcards_pdf
from notifications.models import HandOver, Message
from notifications.sms_file import NotInEncoding, sms_file
from outreach.coverage.remarks import FileRefused, lines_of
from outreach.desk.delivery_report import read_report
from outreach.desk.forms.hand_overs import EncodingForm, KindForm, ReportForm
from outreach.desk.hand_over_words import KIND_WORDS, STATE_WORDS
from outreach.desk.waiting_hand_overs import open_hand_overs, settled_hand_overs, waiting
from outreach.people.actions.access import record_access
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest

SEE, MAKE = "people.see_outbox", "notifications.add_handover"
NOTHING_LEFT = gettext_noop("None of these may go out any more. Put the rest back.")
MOST_BYTES = 5 * 1024 * 1024


def for_makers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who may take messages out of the house; a refusal is said on the list."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (HandOverSettled, SendingIsOff) as refusal:
            notices.error(request, str(refusal))
            return HttpResponseRedirect(reverse("desk_staff:hand_overs"))

    return never_cache(permission_required(MAKE, raise_exception=True)(guarded))


@never_cache
@permission_required(SEE, raise_exception=True)
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """What waits, what was made, what is out."""
    context = {
        "waiting": waiting(now=timezone.now()),
        "most_printed": hand_overs.MOST_PRINTED,
        "missing": missing_libraries(),
        "may_make": request.user.has_perm(MAKE),
        "open": [_line(one) for one in open_hand_overs()],
        "settled": [_line(one) for one in settled_hand_overs()],
    }
    return render(request, "desk/staff/hand_overs.html", context)


@for_makers
@require_POST
def make(request: StaffRequest) -> HttpResponse:
    """Take what waits into a file or a print run."""
    kind = KindForm(request.POST).chosen()
    made = kind and hand_overs.make(kind=kind, by=request.user, now=timezone.now())
    if made:
        return HttpResponseRedirect(reverse("desk_staff:hand_over", args=[made.pk]))
    notices.warning(request, gettext("Nothing of this kind waits any more."))
    return HttpResponseRedirect(reverse("desk_staff:hand_overs"))


@never_cache
@permission_required(SEE, raise_exception=True)
@require_safe
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """One file or print run: how many in which language, and the next step."""
    return _page(request, get_object_or_404(HandOver, pk=pk), EncodingForm())


@for_makers
@require_POST
def download(request: StaffRequest, pk: int) -> HttpResponse:
    """The file, or the pages to print; everybody in it gets an access record."""
    one = get_object_or_404(HandOver, pk=pk)
    form = EncodingForm(request.POST)
    if one.kind == HandOver.Kind.SMS_FILE and not form.is_valid():
        return _page(request, one, form, status=400)
    now = timezone.now()
    in_it = hand_overs.contents(hand_over=one, now=now)
    if not in_it:
        return _page(request, one, form, refusal=gettext(NOTHING_LEFT), status=409)
    try:
        content, content_type, ending = _content(one, in_it, form)
    except NotInEncoding as refusal:
        return _page(request, one, form, refusal=_not_in_cp932(refusal.count), status=409)
    except CannotPrint:
        return _page(request, one, form, status=503)
    record_access(
        by=request.user,
        people=[message.contact.person for message in in_it if hasattr(message.contact, "person")],
        action=AccessRecord.Action.EXPORT,
        screen=f"hand-over {one.pk}",
        now=now,
    )
    name = f"{one.kind}-{timezone.localdate(one.made_at):%Y%m%d}-{one.pk}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


@for_makers
@require_POST
def finish(request: StaffRequest, pk: int) -> HttpResponse:
    """It is out."""
    one = get_object_or_404(HandOver, pk=pk)
    count = hand_overs.finish(hand_over=one, by=request.user, now=timezone.now())
    notices.success(
        request,
        ngettext(
            "%(count)d message is noted as sent.", "%(count)d messages are noted as sent.", count
        )
        % {"count": count},
    )
    return HttpResponseRedirect(reverse("desk_staff:hand_overs"))


@for_makers
@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """It is not out and will not be: the messages wait again."""
    one = get_object_or_404(HandOver, pk=pk)
    count = hand_overs.discard(hand_over=one, by=request.user, now=timezone.now())
    notices.success(
        request,
        ngettext(
            "%(count)d message waits again for the next file or print run.",
            "%(count)d messages wait again for the next file or print run.",
            count,
        )
        % {"count": count},
    )
    return HttpResponseRedirect(reverse("desk_staff:hand_overs"))


@for_makers
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: StaffRequest) -> HttpResponse:
    """Take in what the aggregator reports: all of it, or nothing and every fault by row."""
    if request.method != "POST":
        return render(request, "desk/staff/delivery_report.html", {"form": ReportForm()})
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "desk/staff/delivery_report.html", {"form": form}, status=400)
    upload = form.cleaned_data["report"]
    if upload.size > MOST_BYTES:
        form.add_error("report", gettext("The file is larger than 5 MB. Divide it."))
        return render(request, "desk/staff/delivery_report.html", {"form": form}, status=400)
    try:
        reports = read_report(upload.read())
    except FileRefused as refusal:
        context = {"form": form, "faults": lines_of(refusal.faults, file_name=upload.name)}
        return render(request, "desk/staff/delivery_report.html", context, status=400)
    notices.success(request, _counted(delivery_reports.note(reports=reports, now=timezone.now())))
    return HttpResponseRedirect(reverse("desk_staff:hand_overs"))


def _line(one: HandOver) -> dict[str, Any]:
    return {
        "hand_over": one,
        "kind": KIND_WORDS[HandOver.Kind(one.kind)],
        "state": STATE_WORDS[HandOver.State(one.state)],
    }


def _page(
    request: StaffRequest,
    one: HandOver,
    form: EncodingForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    languages = Counter(one.messages.values_list("language", flat=True))
    is_paper = one.kind != HandOver.Kind.SMS_FILE
    context = {
        **_line(one),
        "languages": sorted(languages.items()),
        "total": languages.total(),
        "is_open": one.state == HandOver.State.OPEN,
        "is_paper": is_paper,
        "missing": missing_libraries() if is_paper else [],
        "may_make": request.user.has_perm(MAKE),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "desk/staff/hand_over.html", context, status=status)


def _content(one: HandOver, in_it: list[Message], form: EncodingForm) -> tuple[bytes, str, str]:
    if one.kind == HandOver.Kind.SMS_FILE:
        encoding = form.cleaned_data["encoding"]
        charset = "Shift_JIS" if encoding == "cp932" else "utf-8"
        return sms_file(in_it, encoding=encoding), f"text/csv; charset={charset}", "csv"
    draw = letters_pdf if one.kind == HandOver.Kind.LETTERS else postcards_pdf
    return draw(in_it, on=timezone.localdate()), "application/pdf", "pdf"


def _not_in_cp932(count: int) -> str:
    return ngettext(
        "%(count)d message has letters that Shift_JIS does not have. Choose UTF-8.",
        "%(count)d messages have letters that Shift_JIS does not have. Choose UTF-8.",
        count,
    ) % {"count": count}


def _counted(counts: Counter[delivery_reports.Result]) -> str:
    results = delivery_reports.Result
    return gettext(
        "Noted: %(delivered)d arrived, %(failed)d did not arrive, %(stopped)d stopped."
    ) % {
        "delivered": counts[results.DELIVERED],
        "failed": counts[results.FAILED],
        "stopped": counts[results.STOPPED],
    }
