"""The fiscal year a screen of figures is asked for, and what it is called."""

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone

from mynumber.rules.wareki import FISCAL_YEAR_STARTS_IN, fiscal_year, fiscal_year_label


def year_asked_for(request: HttpRequest) -> int:
    """The year in `?year=`, the present one without a word. Raises Http404 for what is none."""
    written = request.GET.get("year")
    if not written:
        return fiscal_year(timezone.localdate())
    if not (written.isascii() and written.isdecimal() and 2000 <= int(written[:5]) <= 2999):
        raise Http404
    return int(written)


def year_label(year: int) -> str:
    """The year as the plan calls it: 令和8年度."""
    return fiscal_year_label(date(year, FISCAL_YEAR_STARTS_IN, 1))
