"""The figures of visits for managers and the desk: on the screen, and as CSV."""

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from outreach.people.fiscal_years import year_asked_for, year_label
from outreach.people.sheets import csv_text
from outreach.people.staff import StaffRequest
from outreach.visits import figures_table
from outreach.visits.figures import Figures, years_with_requests
from outreach.visits.figures import figures as figures_of
from outreach.visits.month_chart import month_chart

CSV = "text/csv; charset=utf-8"
BOM = "\ufeff"

may_see = permission_required("visits.see_figures", raise_exception=True)


@never_cache
@may_see
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """One fiscal year. Who may see the people behind the numbers sees all of them."""
    year = year_asked_for(request)
    all_shown = request.user.has_perm("visits.plan_visit")
    shown = _figures(year, minimum=0 if all_shown else int(settings.SMALLEST_CELL))
    by_month, *tables = figures_table.tables(shown)
    context = {
        "figures": shown,
        "all_shown": all_shown,
        "minimum": settings.SMALLEST_CELL,
        "label": year_label(year),
        "years": [
            (one, year_label(one)) for one in sorted({*years_with_requests(), year}, reverse=True)
        ],
        "by_month": by_month,
        "chart": month_chart(shown.by_month, [name for name, _values in by_month.rows[:-1]]),
        "tables": tables,
        "now": timezone.now(),
    }
    return render(request, "visits/staff/figures.html", context)


@never_cache
@may_see
@require_safe
def download(request: StaffRequest) -> HttpResponse:
    """The same as a file, small cells left out whoever asks: a file is passed on."""
    year = year_asked_for(request)
    shown = _figures(year, minimum=int(settings.SMALLEST_CELL))
    written = csv_text(header=figures_table.header(), rows=figures_table.lines(shown))
    headers = {"Content-Disposition": f'attachment; filename="visits-{year}.csv"'}
    return HttpResponse((BOM + written).encode(), content_type=CSV, headers=headers)


def _figures(year: int, *, minimum: int) -> Figures:
    return figures_of(year=year, now=timezone.now(), minimum=minimum)
