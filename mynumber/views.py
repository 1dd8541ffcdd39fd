"""The public pages on which somebody asks to be reminded of an expiry."""

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mynumber.actions import reminders
from mynumber.forms import echo
from mynumber.forms.reminders import ReminderForm
from mynumber.models import Reminder
from notifications.models import Consent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form, the check page, and the noting down: three steps at one address.

    Between the steps the answers travel in hidden fields and are checked anew each time, so that
    nothing is kept about somebody who leaves.
    """
    today = timezone.localdate()
    if request.method != "POST":
        return _form_page(request, ReminderForm(today=today))
    if request.POST.get("step") == "change":
        return _form_page(request, ReminderForm(initial=request.POST.dict(), today=today))
    form = ReminderForm(request.POST, today=today)
    if not form.is_valid():
        return _form_page(request, form)
    if request.POST.get("step") != "confirm":
        return render(
            request,
            "mynumber/reminder_check.html",
            {"form": form, "kept_answers": _kept(request, "check")},
        )
    try:
        asked = _note(form)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _form_page(request, form)
    return HttpResponseRedirect(reverse("reminders_asked", args=[_signed(asked)]))


@never_cache
@require_safe
def asked(request: HttpRequest, signed: str) -> HttpResponse:
    """What was noted, at an address to keep or print; the signature stands in for a log-in."""
    try:
        keys = _signer().unsign(signed).split("-")
    except BadSignature:
        return _unknown(request)
    noted = Reminder.objects.filter(pk__in=keys).order_by("kind", "pk")
    if not noted:
        return _unknown(request)
    response = render(request, "mynumber/reminders_asked.html", {"reminders": noted})
    response["X-Robots-Tag"] = "noindex"
    return response


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/unknown_link.html", status=404)


def _form_page(request: HttpRequest, form: ReminderForm) -> HttpResponse:
    context = {"form": form, "kept_answers": _kept(request, "check" if form.errors else "change")}
    return render(request, "mynumber/reminder_form.html", context)


def _kept(request: HttpRequest, step: str) -> list[tuple[str, str]]:
    """What goes along when the reader chooses another language; it never confirms anything."""
    typed = request.POST
    if request.method != "POST":
        return []
    fields = ReminderForm.base_fields.items()
    kept = [(name, echo(field, typed[name])) for name, field in fields if name in typed]
    return [*kept, ("step", step)]


def _note(form: ReminderForm) -> list[Reminder]:
    return reminders.ask_for_each(
        name=form.cleaned_data["name"],
        language=get_language(),
        expiries=form.expiries,
        phone=form.cleaned_data["phone"],
        email=form.cleaned_data["email"],
        how=Consent.How.WEB,
        wording=form.consent_wording,
        now=timezone.now(),
    )


def _signed(noted: list[Reminder]) -> str:
    return _signer().sign("-".join(str(reminder.pk) for reminder in noted))


def _signer() -> Signer:
    # A full stop survives being copied better than the usual colon.
    return Signer(salt="mynumber.asked", sep=".")
