"""The coverage map for staff: the page, the numbers of another date, the picture for paper."""

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from maps.coverage_table import coverage_table, legend
from maps.forms import DateForm
from maps.numbers import numbers
from maps.picture import picture
from maps.rules.rate_classes import breaks_of
from maps.sentences import sentences
from maps.shell import shell
from outreach.coverage.coverage import Coverage, coverage
from outreach.coverage.models import Batch
from outreach.places.models import BoundarySet

View = Callable[..., HttpResponse]
PLAIN_TEXT = "text/plain; charset=utf-8"


def tiles_allowed(view: View) -> View:
    """Let the page load pictures from the host of TILES_URL, if the city has named one."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        tiles = urlsplit(settings.TILES_URL)
        if not tiles.netloc:
            return view(request, *args, **kwargs)
        allow = csp_update({"img-src": [f"{tiles.scheme}://{tiles.netloc}"]})
        return allow(view)(request, *args, **kwargs)

    return wrapped


@require_safe
@permission_required("coverage.see_coverage", raise_exception=True)
@tiles_allowed
@gzip_page
def coverage_page(request: HttpRequest) -> HttpResponse:
    """How far the city is from its target, as a sentence, a map and a table."""
    form = _date_form(request)
    shown = coverage(as_of=form.chosen())
    boundary_set = BoundarySet.objects.in_force()
    return render(
        request,
        "maps/coverage.html",
        {
            "form": form,
            "coverage": shown,
            "boundary_set": boundary_set,
            "shell": shell(),
            "table": coverage_table(shown, beside_map=True),
            "on_map": boundary_set is not None,
            "legend": legend(shown.target),
            "map_data": _map_data(shown, boundary_set),
        },
        status=400 if form.errors else 200,
    )


@require_safe
@permission_required("coverage.see_coverage", raise_exception=True)
@gzip_page
def coverage_full_table(request: HttpRequest) -> HttpResponse:
    """Every district of one date (`?as_of=`), however many there are."""
    form = _date_form(request)
    if form.errors:
        return _not_there(form.sentence())
    shown = coverage(as_of=form.chosen())
    return render(
        request,
        "maps/coverage_table.html",
        {
            "coverage": shown,
            "sentences": sentences(shown),
            "table": coverage_table(shown, beside_map=False),
        },
    )


@require_safe
@permission_required("coverage.see_coverage", raise_exception=True)
@gzip_page
def coverage_numbers(request: HttpRequest) -> HttpResponse:
    """The counts of one date (`?as_of=`) as JSON, `&from=` as differences to another date's.

    404 with a sentence where there are no counts of one of them.
    """
    form, form_before = _date_form(request), _date_form(request, "from")
    if form.errors or form_before.errors:
        return _not_there(form.sentence() or form_before.sentence())
    boundary_set = BoundarySet.objects.in_force()
    before = form_before.chosen()
    body = numbers(
        coverage(as_of=form.chosen()),
        drawing_hash=boundary_set.drawing_hash if boundary_set else "",
        before=coverage(as_of=before) if before else None,
    )
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return _unless_known(request, HttpResponse(text, content_type="application/json"))


@require_safe
@permission_required("coverage.see_coverage", raise_exception=True)
@gzip_page
def coverage_picture(request: HttpRequest) -> HttpResponse:
    """The map of one date (`?as_of=`) as SVG, for paper and for the council's files."""
    form = _date_form(request)
    boundary_set = BoundarySet.objects.in_force()
    if form.errors:
        return _not_there(form.sentence())
    if boundary_set is None:
        return _not_there(
            _("There are no district boundaries here. They come with import_boundaries.")
        )
    drawn = picture(boundary_set, coverage(as_of=form.chosen()))
    return _unless_known(request, HttpResponse(drawn, content_type="image/svg+xml"))


def _date_form(request: HttpRequest, parameter: str = "as_of") -> DateForm:
    dates = [batch.as_of for batch in Batch.objects.counting().only("as_of")]
    asked = request.GET.get(parameter)
    return DateForm(None if asked is None else {"as_of": asked}, dates=dates)


def _map_data(shown: Coverage, boundary_set: BoundarySet | None) -> dict[str, object]:
    """What the map's script starts with: the first date's numbers save it a second request."""
    drawing_hash = boundary_set.drawing_hash if boundary_set else ""
    return {
        "numbers": numbers(shown, drawing_hash=drawing_hash),
        "codes": [row.code for row in shown.districts],
        "target": int(shown.target * 10),
        "breaks": [int(bound * 10) for bound in breaks_of(shown.target)],
        "tiles": settings.TILES_URL,
        "tiles_credit": urlsplit(settings.TILES_URL).netloc,
        "credit": boundary_set.credit if boundary_set else "",
        "numbers_url": reverse("maps_staff:numbers"),
        "picture_url": reverse("maps_staff:picture"),
        "table_url": reverse("maps_staff:table"),
        "words": {
            "missing": _("not counted"),
            "empty": _("nobody lives here"),
            "counts": _("{rate} % ({cards} cards / {residents} residents)"),
            "failed": _("The numbers of this date could not be loaded. Load the page again."),
        },
    }


def _not_there(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=404, content_type=PLAIN_TEXT)


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, or 304 where the browser has the same bytes already."""
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer or response
