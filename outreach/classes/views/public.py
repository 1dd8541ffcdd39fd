"""Registering for a class on the web: one question group to a page, a check, a confirmation."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from notifications.links import my_url
from outreach.classes.actions import sign_ups
from outreach.classes.actions.registrations import (
    AlreadyRegistered,
    NoHandsets,
    SessionClosed,
    SessionFull,
)
from outreach.classes.links import UnknownConfirmation, confirmation_token, registration_of
from outreach.classes.models import ClassSession, ClosedBecause, Offer, Registration
from outreach.classes.questionnaire import ClassQuestionnaire
from outreach.people.questionnaire import CHECK, QuestionPage
from outreach.people.read_back import Line, read_back

GONE, NOT_FOUND = 410, 404
# Dates offered in place of one that takes nobody any more.
OTHER_DATES = 6
HEADINGS = {
    "who": _("Register for a smartphone class"),
    "asker": _("About you, who register somebody"),
    "person": _("Who comes to the class"),
    "reach": _("How we can reach you"),
    "bring": _("Smartphone and wishes"),
    "needs": _("What you need"),
}
CHECK_HEADINGS = {**HEADINGS, "who": _("Who registers")}
# The last button: for a seat, or for a seat and else a place in line.
SEND, WAIT = "send", "wait"
SEND_WORDS = {SEND: _("Register"), WAIT: _("Wait for a seat")}


@dataclass(frozen=True, slots=True)
class Asking:
    """One press of a button on the way to one class."""

    request: HttpRequest
    session: ClassSession
    asked: ClassQuestionnaire
    now: datetime

    @property
    def waits(self) -> bool:
        """Whether there is no place for this person any more, as far as anybody can tell now."""
        this = ClassSession.objects.filter(pk=self.session.pk)
        return not this.that_take(needs_handset=self.asked.wants_loan, now=self.now).exists()

    @property
    def in_line(self) -> int:
        """How many people stand before whoever waits now, also those who are being asked."""
        return self.session.registrations.filter(state__in=Registration.IN_LINE).count()

    def show(self, template: str, **context: object) -> HttpResponse:
        """A page of this way, with what all of them show."""
        about = {
            "session": self.session,
            "submission": self.asked.submission,
            "is_for_another": self.asked.is_for_another,
            "lends": self.asked.lends,
            "wants_loan": self.asked.wants_loan,
        }
        return render(self.request, f"classes/{template}.html", {**about, **context})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, session_pk: int) -> HttpResponse:
    """Show the page the resident's last press leads to; the last of them registers."""
    now = timezone.now()
    session = ClassSession.objects.to_show().for_residents().filter(pk=session_pk).first()
    if session is not None and session != session.days[0]:
        # Of a whole series the first day stands for all of them.
        session = session.days[0]
        if request.method != "POST":
            return redirect("classes:register", session_pk=session.pk)
    asked = ClassQuestionnaire(request.POST, lends=bool(session and session.lends))
    if session is None:
        return _not_available(request, None, asked, now)
    asking = Asking(request, session, asked, now)
    go, step = request.POST.get("go"), request.POST.get("step", "")
    wrong = asked.first_to_answer() if go in SEND_WORDS and asked.knows(step) else None
    if go in SEND_WORDS and asked.knows(step) and wrong is None:
        # Before asking for free seats: the second click on the last seat belongs to its owner.
        return _take(asking, or_wait=go == WAIT)
    if session.closed_because(now=now) in (ClosedBecause.BEGUN, ClosedBecause.CALLED_OFF):
        return _not_available(request, session, asked, now)
    page = QuestionPage(wrong, asked.judged(wrong), seen_check=True) if wrong else None
    page = page or asked.due(request.POST)
    return _check(asking) if page.form is None else _question(asking, page)


@never_cache
@require_safe
def registered(request: HttpRequest, token: str) -> HttpResponse:
    """What a resident keeps: reference, day, place, what to bring. The link can be bookmarked."""
    try:
        registration = registration_of(token)
    except UnknownConfirmation:
        return render(request, "classes/unknown_confirmation.html", status=NOT_FOUND)
    context = {
        "registration": registration,
        "session": registration.session,
        "token": token,
        "offer": Offer.objects.unanswered(registration),
        "own_page": _own_page(registration),
    }
    return render(request, "classes/registered.html", context)


def _own_page(registration: Registration) -> str:
    """The address of the page of whoever filled in the form; empty if that is not certain.

    Who types somebody else's name and number must not get to see that person's own page. An
    asker's contact is made with each registration and shows no more than it.
    """
    if registration.asked_by is not None:
        return my_url(registration.asked_by)
    return my_url(registration.person.contact) if registration.made_the_contact else ""


def _take(asking: Asking, *, or_wait: bool) -> HttpResponse:
    try:
        registration = sign_ups.take(
            **asking.asked.answers(),
            session=asking.session,
            submission=asking.asked.submission,
            language=get_language(),
            how=Registration.How.WEB,
            or_wait=or_wait,
            now=asking.now,
        )
    except (AlreadyRegistered, NoHandsets) as refusal:
        return _check(asking, refusal=str(refusal))
    except SessionFull:
        return _full(asking)
    except SessionClosed:
        asking.session.refresh_from_db()
        return _not_available(asking.request, asking.session, asking.asked, asking.now)
    return redirect("classes:registered", token=confirmation_token(registration))


def _question(asking: Asking, page: QuestionPage) -> HttpResponse:
    asked, typed = asking.asked, asking.request.method == "POST"
    is_first = page.step == asked.first
    waits = is_first and asking.waits
    return asking.show(
        "question",
        form=page.form,
        step=page.step,
        heading=HEADINGS[page.step],
        is_first=is_first,
        waits=waits,
        others=_other_days(asking.now) if waits else (),
        position=asked.steps.index(page.step) + 1,
        count=len(asked.steps) + 1,
        carried=asked.carried(besides=page.step),
        seen_check=page.seen_check,
        kept_answers=asked.kept(page.step, seen_check=page.seen_check) if typed else [],
    )


def _check(asking: Asking, *, refusal: str = "") -> HttpResponse:
    waits = asking.waits
    sends = WAIT if waits else SEND
    return asking.show(
        "check",
        groups=_groups(asking.asked),
        carried=asking.asked.carried(),
        kept_answers=asking.asked.kept(CHECK),
        waits=waits,
        in_line=asking.in_line if waits else 0,
        sends=sends,
        send_words=SEND_WORDS[sends],
        refusal=refusal,
    )


def _full(asking: Asking) -> HttpResponse:
    """The class filled up while somebody wrote: everything is kept, and one press waits."""
    asking.session.refresh_from_db()
    return asking.show(
        "full",
        groups=_groups(asking.asked),
        carried=asking.asked.carried(),
        kept_answers=asking.asked.kept(CHECK),
        in_line=asking.in_line,
        others=_other_days(asking.now),
    )


def _not_available(
    request: HttpRequest, session: ClassSession | None, asked: ClassQuestionnaire, now: datetime
) -> HttpResponse:
    """Says why this class takes nobody, and offers others; what was typed goes along."""
    context = {
        "session": session,
        "reason": session.closed_because(now=now) if session else None,
        "groups": _groups(asked),
        "carried": asked.carried(),
        "submission": asked.submission,
        "kept_answers": asked.kept(CHECK) if request.method == "POST" else [],
        "others": _other_days(now),
    }
    status = GONE if session else NOT_FOUND
    return render(request, "classes/not_available.html", context, status=status)


def _other_days(now: datetime) -> list[ClassSession]:
    return list(ClassSession.objects.open_for_registration(now=now)[:OTHER_DATES])


def _groups(asked: ClassQuestionnaire) -> list[dict[str, object]]:
    """The answers that are in order, page by page, to be read over."""
    groups: list[dict[str, object]] = []
    for step in asked.steps:
        form = asked.judged(step)
        if asked.has_seen(step) and form.is_valid():
            lines: list[Line] = list(read_back(form))
            groups.append({"step": step, "heading": CHECK_HEADINGS[step], "lines": lines})
    return groups
