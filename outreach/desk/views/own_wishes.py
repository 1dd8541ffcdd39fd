"""How a resident is reached, on their own page: no log-in but the signed link."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from notifications.actions import consents
from notifications.actions import wishes as contact_wishes
from notifications.links import UnknownToken, contact_of_token
from notifications.models import Contact
from outreach.desk import consent_wordings
from outreach.desk.forms.own_wishes import OwnWishesForm
from outreach.desk.message_words import purpose_word
from outreach.desk.views.own_page import unindexed, unknown_link

STORED, WITHDRAWN = "stored", "withdrawn"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: HttpRequest, token: str) -> HttpResponse:
    """Language and channels, and what the person has agreed to."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    if request.method != "POST":
        return _page(request, contact, token, OwnWishesForm(contact=contact))
    form = OwnWishesForm(request.POST, contact=contact)
    if not form.is_valid():
        return _page(request, contact, token, form)
    # What the form does not ask for stays: a third channel an officer noted, silence.
    contact_wishes.change(
        contact=contact,
        language=form.cleaned_data["language"],
        channel_order=form.channel_order,
    )
    return _back(token, STORED, language=form.cleaned_data["language"])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str, purpose: str) -> HttpResponse:
    """End a consent. Nothing is ended by opening the address."""
    try:
        contact = contact_of_token(token)
    except UnknownToken:
        return unknown_link(request)
    if purpose not in consent_wordings.purposes():
        raise Http404
    if request.method != "POST":
        return redirect("my_wishes", token=token)
    consents.withdraw(contact=contact, purpose=purpose, now=timezone.now())
    return _back(token, WITHDRAWN)


def _page(request: HttpRequest, contact: Contact, token: str, form: OwnWishesForm) -> HttpResponse:
    standing = contact.consents.filter(withdrawn_at=None).order_by("given_at", "pk")
    context = {
        "contact": contact,
        "token": token,
        "form": form,
        # The sentence stands as it was agreed to, often in Japanese: its kind is said in theirs.
        "consents": [(purpose_word(one.purpose), one) for one in standing],
        "done": request.GET.get("done", ""),
    }
    return unindexed(render(request, "desk/my_wishes.html", context))


def _back(token: str, done: str, *, language: str | None = None) -> HttpResponseRedirect:
    with translation.override(language or translation.get_language()):
        address = reverse("my_wishes", kwargs={"token": token})
    return HttpResponseRedirect(f"{address}?done={done}")
