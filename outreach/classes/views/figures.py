"""The figures of classes for managers and the desk: on the screen, as a workbook, as CSV."""

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from outreach.classes import figures_table
from outreach.classes.figures import Figures, years_with_classes
from outreach.classes.figures import figures as figures_of
from outreach.classes.views.papers import XLSX
from outreach.people.fiscal_years import year_asked_for, year_label
from outreach.people.sheets import csv_text, workbook
from outreach.people.staff import StaffRequest

CSV = "text/csv; charset=utf-8"
BOM = "\ufeff"

may_see = permission_required("classes.see_figures", raise_exception=True)


@never_cache
@may_see
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """One fiscal year. Who may see the people behind the numbers sees all of them."""
    year = year_asked_for(request)
    all_shown = request.user.has_perm("classes.manage_classes")
    shown = _figures(year, minimum=0 if all_shown else int(settings.SMALLEST_CELL))
    context = {
        "figures": shown,
        "all_shown": all_shown,
        "minimum": settings.SMALLEST_CELL,
        "label": year_label(year),
        "years": [
            (one, year_label(one)) for one in sorted({*years_with_classes(), year}, reverse=True)
        ],
        "ages": [*figures_table.AGE_WORDS.values(), _("All")],
        "tables": figures_table.tables(shown),
        "now": timezone.now(),
    }
    return render(request, "classes/staff/figures.html", context)


@never_cache
@may_see
@require_safe
def download(request: StaffRequest) -> HttpResponse:
    """The same as a file, small cells left out whoever asks: a file is passed on."""
    year = year_asked_for(request)
    shown = _figures(year, minimum=int(settings.SMALLEST_CELL))
    header, rows = figures_table.header(), figures_table.rows(shown)
    if request.GET.get("format") == "csv":
        content: bytes = (BOM + csv_text(header=header, rows=rows)).encode()
        kind, ending = CSV, "csv"
    else:
        title = _("Smartphone classes %(year)s") % {"year": year_label(year)}
        content = workbook(
            title=title, header=header, rows=rows, widths=figures_table.WIDTHS, foot=_method()
        )
        kind, ending = XLSX, "xlsx"
    headers = {"Content-Disposition": f'attachment; filename="classes-{year}.{ending}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _figures(year: int, *, minimum: int) -> Figures:
    return figures_of(year=year, now=timezone.now(), minimum=minimum)


def _method() -> str:
    return _("Numbers below %(minimum)s, and about fewer people than that, are left out.") % {
        "minimum": settings.SMALLEST_CELL
    }
