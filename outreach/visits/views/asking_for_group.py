"""A care manager asks for several residents of a facility, in a table or out of a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mynumber.rules.forbidden_numbers import masked
from outreach.people.questionnaire import CHECK, QuestionPage
from outreach.people.read_back import read_back
from outreach.visits.actions import groups
from outreach.visits.confirmations import UnknownConfirmation, group_of, signed_group
from outreach.visits.forms.group import GroupQuestionnaire
from outreach.visits.forms.group_table import COLUMN_LABELS, CellFault, languages, table_faults
from outreach.visits.models import Visit, VisitRequest
from outreach.visits.rules.pasted_people import COLUMNS, Row, as_text, language_of, read_pasted

HEADINGS = {
    "asker": _("Ask for several residents of a facility"),
    "place": _("The facility"),
    "people": _("The residents"),
}
CHECK_HEADINGS = {**HEADINGS, "asker": _("Who asks")}
FEWEST_ROWS = 5
MORE_ROWS = 5
# Further than any table we take: what lies beyond is refused as too many, not cut off.
LAST_ROW = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the table as the page draws it."""

    name: str
    label: str | Promise
    value: str
    faults: tuple[str, ...]
    choices: Sequence[tuple[str, str | Promise]] = ()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_group(request: HttpRequest) -> HttpResponse:
    """Show the page the last press leads to; the table travels with the pages as one text."""
    posted = _table_taken_in(request.POST)
    asked = GroupQuestionnaire(posted)
    go = posted.get("go", "")
    if go == "send" and asked.knows(posted.get("step", "")):
        return _send(request, asked)
    if go in ("more", "paste") and posted.get("step") == "people":
        form = asked.judged("people") if go == "paste" else asked.blank("people")
        page = QuestionPage("people", form, seen_check="checked" in posted)
        return _question(request, asked, page, more=MORE_ROWS if go == "more" else 0)
    page = asked.due(posted)
    return _check(request, asked) if page.form is None else _question(request, asked, page)


@never_cache
@require_safe
def group_requested(request: HttpRequest, signed: str) -> HttpResponse:
    """The confirmation with every reference, to keep, print and open again."""
    try:
        group = group_of(signed)
    except UnknownConfirmation:
        return render(request, "desk/unknown_link.html", status=404)
    ahead = Prefetch("visits", queryset=Visit.objects.ahead(), to_attr="visits_ahead")
    members = group.requests.prefetch_related(ahead).order_by("pk")
    return render(request, "visits/group_requested.html", {"group": group, "members": members})


def _table_taken_in(posted: QueryDict) -> QueryDict:
    """The answers with the cells of the table, and what was pasted, made into one text.

    A number that may not be kept is blotted out in its cell; the form says where it stood.
    """
    if "name_0" not in posted:
        return posted
    rows = [
        {column: posted.get(f"{column}_{number}", "") for column in COLUMNS}
        for number in range(LAST_ROW)
        if f"name_{number}" in posted
    ]
    rows += read_pasted(posted.get("pasted", ""))
    taken = posted.copy()
    taken["people"] = as_text({c: masked(cell.strip()) for c, cell in row.items()} for row in rows)
    return taken


def _send(request: HttpRequest, asked: GroupQuestionnaire) -> HttpResponse:
    if wrong := asked.first_to_answer():
        return _question(request, asked, QuestionPage(wrong, asked.judged(wrong), seen_check=True))
    group = groups.receive(
        answers=asked.answers(),
        submission=asked.submission,
        how=VisitRequest.How.WEB,
        language=get_language() or "",
        now=timezone.now(),
    )
    return redirect("visit_group_requested", signed=signed_group(group))


def _question(
    request: HttpRequest, asked: GroupQuestionnaire, page: QuestionPage, *, more: int = 0
) -> HttpResponse:
    is_table = page.step == "people"
    is_judged = page.form is not None and page.form.is_bound
    faults = table_faults(asked.rows) if is_table and is_judged else []
    kept = asked.kept(page.step, seen_check=page.seen_check)
    return render(
        request,
        "visits/group_question.html",
        {
            "form": page.form,
            "step": page.step,
            "heading": HEADINGS[page.step],
            "is_first": page.step == asked.first,
            "position": asked.steps.index(page.step) + 1,
            "count": len(asked.steps) + 1,
            # The table stands in its cells; as a hidden text it would come back twice.
            "carried": asked.carried(besides=page.step),
            "submission": asked.submission,
            "seen_check": page.seen_check,
            "kept_answers": kept if request.method == "POST" else [],
            "table": _table(asked.rows, faults, more=more) if is_table else [],
            "faults": faults,
            "columns": COLUMN_LABELS.values(),
        },
    )


def _table(rows: list[Row], faults: list[CellFault], *, more: int) -> list[list[Cell]]:
    """The rows that are filled in, and some that are free."""
    free = max(FEWEST_ROWS - len(rows), 0) + more if more else max(FEWEST_ROWS - len(rows), 1)
    drawn = [*rows, *(dict.fromkeys(COLUMNS, "") for _ in range(free))]
    return [
        [_cell(f"{column}_{number}", column, row[column], faults) for column in COLUMNS]
        for number, row in enumerate(drawn)
    ]


def _cell(name: str, column: str, value: str, faults: list[CellFault]) -> Cell:
    choices: list[tuple[str, str | Promise]] = languages() if column == "language" else []
    if choices:
        code = language_of(value)
        if code is None:
            # What we do not know stays there to be seen.
            choices.append((value, value))
        value = value if code is None else code
    said = tuple(fault.sentence for fault in faults if fault.cell == name)
    return Cell(name, COLUMN_LABELS[column], value, said, choices)


def _check(request: HttpRequest, asked: GroupQuestionnaire) -> HttpResponse:
    shown: list[dict[str, object]] = []
    for step in asked.steps:
        form = asked.judged(step)
        form.is_valid()
        lines = [] if step == "people" else read_back(form)
        shown.append({"step": step, "heading": CHECK_HEADINGS[step], "lines": lines})
    return render(
        request,
        "visits/group_check.html",
        {
            "groups": shown,
            "people": asked.answers().people,
            "columns": COLUMN_LABELS.values(),
            "languages": dict(languages()),
            "carried": asked.carried(),
            "submission": asked.submission,
            "kept_answers": asked.kept(CHECK),
        },
    )
