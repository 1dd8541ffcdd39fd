"""Registering for a class on the web: a form, a page to check, a confirmation to keep."""

from datetime import datetime
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mynumber.forms import echo
from notifications.links import my_url
from outreach.classes.actions import sign_ups
from outreach.classes.actions.registrations import AlreadyRegistered, SessionClosed, SessionFull
from outreach.classes.forms import RegistrationForm
from outreach.classes.links import UnknownConfirmation, confirmation_token, registration_of
from outreach.classes.models import ClassSession, ClosedBecause, Registration

GONE, NOT_FOUND = 410, 404
# Dates offered in place of one that takes nobody any more.
OTHER_DATES = 6


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, session_pk: int) -> HttpResponse:
    """The form, then the page to check it, then the registration itself."""
    now = timezone.now()
    session = ClassSession.objects.to_show().filter(pk=session_pk).first()
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    step, submission = request.POST.get("step"), _submission(request)
    if session and step == "confirm" and submission and form.is_valid():
        # Before asking for free seats: the second click on the last seat belongs to its owner.
        return _take(request, session, form, submission, now)
    if session is None or session.closed_because(now=now) is not None:
        return _not_available(request, session, form, now)
    if not form.is_bound or not form.is_valid() or step == "change":
        return _form_page(request, session, form, step="change" if step == "change" else "check")
    context = {
        "form": form,
        "session": session,
        "submission": uuid4(),
        "kept_answers": _kept(form, "check"),
    }
    return render(request, "classes/check.html", context)


@never_cache
@require_safe
def registered(request: HttpRequest, token: str) -> HttpResponse:
    """What a resident keeps: reference, day, place, what to bring. The link can be bookmarked."""
    try:
        registration = registration_of(token)
    except UnknownConfirmation:
        return render(request, "classes/unknown_confirmation.html", status=NOT_FOUND)
    # Who types somebody else's name and number must not get to see that person's own page.
    own_page = my_url(registration.person.contact) if registration.made_the_contact else ""
    context = {
        "registration": registration,
        "session": registration.session,
        "is_standing": registration.state == Registration.State.REGISTERED,
        "own_page": own_page,
    }
    return render(request, "classes/registered.html", context)


def _take(
    request: HttpRequest,
    session: ClassSession,
    form: RegistrationForm,
    submission: UUID,
    now: datetime,
) -> HttpResponse:
    answers = form.cleaned_data
    try:
        registration = sign_ups.take(
            session=session,
            submission=submission,
            name=answers["name"],
            kana=answers["kana"],
            phone=answers["phone"],
            email=answers["email"],
            language=get_language(),
            note=answers["note"],
            how=Registration.How.WEB,
            now=now,
            news_wording=form.news_wording,
        )
    except AlreadyRegistered as refusal:
        form.add_error(None, str(refusal))
        return _form_page(request, session, form, step="check")
    except (SessionFull, SessionClosed):
        session.refresh_from_db()
        return _not_available(request, session, form, now)
    return redirect("classes:registered", token=confirmation_token(registration))


def _form_page(
    request: HttpRequest, session: ClassSession, form: RegistrationForm, *, step: str
) -> HttpResponse:
    context = {"form": form, "session": session, "kept_answers": _kept(form, step)}
    return render(request, "classes/register.html", context)


def _kept(form: RegistrationForm, step: str) -> list[tuple[str, str]]:
    """What goes along when the reader chooses another language; it never confirms anything."""
    if not form.is_bound:
        return []
    fields = form.fields.items()
    kept = [(name, echo(field, form.data[name])) for name, field in fields if name in form.data]
    return [*kept, ("step", step)]


def _not_available(
    request: HttpRequest, session: ClassSession | None, form: RegistrationForm, now: datetime
) -> HttpResponse:
    """Says why this class takes nobody, and offers others; what was typed goes along."""
    reason = session.closed_because(now=now) if session else None
    status = NOT_FOUND if session is None else 200 if reason == ClosedBecause.FULL else GONE
    context = {
        "session": session,
        "reason": reason,
        "form": form,
        "kept_answers": _kept(form, "check"),
        "others": ClassSession.objects.open_for_registration(now=now)[:OTHER_DATES],
    }
    return render(request, "classes/not_available.html", context, status=status)


def _submission(request: HttpRequest) -> UUID | None:
    """The number the page to check was given, so that a double click is one registration."""
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return None
