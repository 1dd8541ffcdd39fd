"""A resident asks for a visit: one question group to a page, a page to check, a confirmation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from outreach.people.questionnaire import CHECK, QuestionPage
from outreach.people.read_back import read_back
from outreach.visits.actions import answers
from outreach.visits.advice import Advice, advice, situation, situation_of
from outreach.visits.confirmations import UnknownConfirmation, request_of, signed_reference
from outreach.visits.forms.questionnaire import VisitQuestionnaire
from outreach.visits.models import VisitRequest

HEADINGS = {
    "relation": _("Ask for a home visit"),
    "asker": _("About you, who ask for the visit"),
    "person": _("The person we visit"),
    "purpose": _("What the visit is for"),
    "living": _("Where the person lives"),
    "papers": _("Identity documents"),
    "coming": _("When we come"),
}
CHECK_HEADINGS = {**HEADINGS, "relation": _("Who asks")}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_visit(request: HttpRequest) -> HttpResponse:
    """Show the page the resident's last press leads to; all answers travel with the page."""
    asked = VisitQuestionnaire(request.POST)
    if request.POST.get("go") == "send" and asked.knows(request.POST.get("step", "")):
        return _send(request, asked)
    page = asked.due(request.POST)
    return _check(request, asked) if page.form is None else _question(request, asked, page)


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
            "advice": advice(situation_of(visit_request, today=timezone.localdate())),
            "is_standing": visit_request.state in VisitRequest.STANDING,
            "is_for_another": visit_request.relation != VisitRequest.Relation.SELF,
        },
    )


def _send(request: HttpRequest, asked: VisitQuestionnaire) -> HttpResponse:
    if wrong := asked.first_to_answer():
        return _question(request, asked, QuestionPage(wrong, asked.judged(wrong), seen_check=True))
    visit_request = answers.receive(
        answers=asked.answers(),
        submission=asked.submission,
        how=VisitRequest.How.WEB,
        language=get_language(),
        now=timezone.now(),
    )
    return redirect("visit_requested", signed=signed_reference(visit_request))


def _question(request: HttpRequest, asked: VisitQuestionnaire, page: QuestionPage) -> HttpResponse:
    steps = asked.steps
    return render(
        request,
        "visits/question.html",
        {
            "form": page.form,
            "step": page.step,
            "heading": HEADINGS[page.step],
            "is_first": page.step == asked.first,
            "is_for_another": asked.is_for_another,
            "position": steps.index(page.step) + 1,
            "count": len(steps) + 1,
            "carried": asked.carried(besides=page.step),
            "submission": asked.submission,
            "seen_check": page.seen_check,
            "kept_answers": _kept(request, asked, page),
        },
    )


def _check(request: HttpRequest, asked: VisitQuestionnaire) -> HttpResponse:
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
            "advice": _advice(asked),
            "carried": asked.carried(),
            "submission": asked.submission,
            "kept_answers": asked.kept(CHECK),
        },
    )


def _advice(asked: VisitQuestionnaire) -> Advice:
    """What the answers lead to; read before they are sent."""
    told = asked.answers()
    found = situation(
        topic=told.topic,
        relation=told.relation,
        birth_year=told.birth_year,
        stay_until=told.stay_until,
        told=told,
        today=timezone.localdate(),
    )
    return advice(found)


def _kept(
    request: HttpRequest, asked: VisitQuestionnaire, page: QuestionPage
) -> list[tuple[str, str]]:
    """What goes along to another language; nothing has been typed on a page just opened."""
    return asked.kept(page.step, seen_check=page.seen_check) if request.method == "POST" else []
