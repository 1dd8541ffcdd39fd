"""The open data on the web: one page in eight languages, the files without a language."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from outreach.desk.open_data import DATA_SETS

KEPT_SECONDS = 300


@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def data_set(request: HttpRequest, slug: str) -> HttpResponse:
    """One table as it is now."""
    found = next((one for one in DATA_SETS if one.slug == slug), None)
    if found is None:
        raise Http404
    content = found.content(now=timezone.now())
    return HttpResponse(content, content_type="text/csv; charset=utf-8")


@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What there is, how it is made, and under which licence."""
    context = {"licence": settings.OPENDATA_LICENCE, "minimum": settings.SMALLEST_CELL}
    return render(request, "desk/open_data/page.html", context)
