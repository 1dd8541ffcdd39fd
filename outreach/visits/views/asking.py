"""A resident asks for a visit: one question group to a page, a page to check, a confirmation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mynumber.forms import GuardedForm
from outreach.visits.actions import answers
from outreach.visits.confirmations import UnknownConfirmation, request_of, signed_reference
from outreach.visits.forms.questionnaire import STEPS, Questionnaire
from outreach.visits.forms.read_back import read_back
from outreach.visits.models import VisitRequest

HEADINGS = {
    "relation": _("Ask for a home visit"),
    "asker": _("About you, who ask for the visit"),
    "person": _("The person we visit"),
    "purpose": _("What the visit is for"),
}
CHECK_HEADINGS = {**HEADINGS, "relation": _("Who asks")}
FIRST = next(iter(STEPS))
CHECK = "check"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_visit(request: HttpRequest) -> HttpResponse:
    """Show the page the resident's last press leads to; all answers travel with the page."""
    asked = Questionnaire(request.POST)
    go, step = request.POST.get("go", ""), request.POST.get("step", "")
    seen_check = step == CHECK or "checked" in request.POST
    if step not in asked.steps and step != CHECK:
        return _question(request, asked, asked.blank(FIRST), FIRST, seen_check=False)
    if go == "send":
        return _send(request, asked)
    if go == "back":
        to = asked.before(step)
        return _question(request, asked, asked.blank(to), to, seen_check=seen_check)
    if go in asked.steps:
        return _question(request, asked, asked.blank(go), go, seen_check=seen_check)
    return _onwards(request, asked, step, seen_check=seen_check)


@never_cache
@require_safe
def visit_requested(request: HttpRequest, signed: str) -> HttpResponse:
    """The confirmation, which can be kept, printed and opened again to see how things stand."""
    try:
        visit_request = request_of(signed)
    except UnknownConfirmation:
        return render(request, "desk/unknown_link.html", status=404)
    return render(
        request,
        "visits/requested.html",
        {
            "visit_request": visit_request,
            "visit": visit_request.visits.ahead().first(),
            "is_for_another": visit_request.relation != VisitRequest.Relation.SELF,
        },
    )


def _onwards(
    request: HttpRequest, asked: Questionnaire, step: str, *, seen_check: bool
) -> HttpResponse:
    """The next page; the same one when it is not in order; straight back to the check page."""
    if step != CHECK and not (form := asked.judged(step)).is_valid():
        return _question(request, asked, form, step, seen_check=seen_check)
    to = asked.first_to_answer() if seen_check else asked.after(step)
    if to is None:
        return _check(request, asked)
    form = asked.judged(to) if seen_check and asked.has_seen(to) else asked.blank(to)
    return _question(request, asked, form, to, seen_check=seen_check)


def _send(request: HttpRequest, asked: Questionnaire) -> HttpResponse:
    if wrong := asked.first_to_answer():
        return _question(request, asked, asked.judged(wrong), wrong, seen_check=True)
    visit_request = answers.receive(
        answers=asked.answers(),
        submission=asked.submission,
        how=VisitRequest.How.WEB,
        language=get_language(),
        now=timezone.now(),
    )
    return redirect("visit_requested", signed=signed_reference(visit_request))


def _question(
    request: HttpRequest,
    asked: Questionnaire,
    form: GuardedForm,
    step: str,
    *,
    seen_check: bool,
) -> HttpResponse:
    steps = asked.steps
    return render(
        request,
        "visits/question.html",
        {
            "form": form,
            "step": step,
            "heading": HEADINGS[step],
            "is_first": step == FIRST,
            "is_for_another": asked.is_for_another,
            "position": steps.index(step) + 1,
            "count": len(steps) + 1,
            "carried": asked.carried(besides=step),
            "submission": asked.submission,
            "seen_check": seen_check,
            "kept_answers": _kept(request, asked, step, seen_check=seen_check),
        },
    )


def _kept(
    request: HttpRequest, asked: Questionnaire, step: str, *, seen_check: bool = False
) -> list[tuple[str, str]]:
    """What goes along when the reader chooses another language; it sends nothing off."""
    if request.method != "POST":
        return []
    marks = [("step", step), ("go", step), ("submission", str(asked.submission))]
    return [*asked.carried(), *marks, *([("checked", "1")] if seen_check else [])]


def _check(request: HttpRequest, asked: Questionnaire) -> HttpResponse:
    groups = []
    for step in asked.steps:
        form = asked.judged(step)
        form.is_valid()
        groups.append({"step": step, "heading": CHECK_HEADINGS[step], "lines": read_back(form)})
    return render(
        request,
        "visits/check_answers.html",
        {
            "groups": groups,
            "carried": asked.carried(),
            "submission": asked.submission,
            "kept_answers": _kept(request, asked, CHECK),
        },
    )
