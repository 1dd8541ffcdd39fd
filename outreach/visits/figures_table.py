"""The figures of visits as tables with their words: for the screen, and line by line for a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.visits.figures import Figures, Table
from outreach.visits.models import Visit, VisitRequest
from outreach.visits.rules.card_progress import Progress

LEFT_OUT = "…"
PROGRESS_WORDS = {
    Progress.NOT_APPLIED: gettext_lazy("No card applied for"),
    Progress.APPLIED: gettext_lazy("Applied"),
    Progress.ARRIVED: gettext_lazy("Card at City Hall"),
    Progress.HANDED_OVER: gettext_lazy("Card in hand"),
}
Values = list[float | str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One table in words: its name, what its rows are, its columns, and rows of name and values."""

    key: str
    title: str
    of: str
    columns: list[str]
    rows: list[tuple[str, Values]]


def tables(figures: Figures) -> list[Shown]:
    """Every table of the year, in the order of the way to a card."""
    topics, hows, outcomes, states = (
        {str(value): str(words) for value, words in choices}
        for choices in (
            VisitRequest.Topic.choices,
            VisitRequest.How.choices,
            Visit.Outcome.choices,
            VisitRequest.State.choices,
        )
    )
    steps = {str(step): str(words) for step, words in PROGRESS_WORDS.items()}
    lateness = {"in_time": _("In time"), "late": _("Stuck")}
    months = {month: _month(month) for month in figures.by_month.rows}
    requests, visits = _("Requests"), _("Visits")
    return [
        _counts(
            "months",
            _("Requests by month and kind"),
            _("Asked in"),
            figures.by_month,
            months,
            topics,
        ),
        _single("how", _("How people asked"), _("How"), figures.by_how, hows, requests),
        _waiting(figures, topics),
        _teams(figures),
        _single(
            "outcomes", _("What visits led to"), _("Outcome"), figures.outcomes, outcomes, visits
        ),
        _counts("districts", _("Cards by district"), _("District"), figures.by_district, {}, steps),
        _counts(
            "standing",
            _("What is under way today"),
            _("Stands at"),
            figures.standing,
            states,
            lateness,
        ),
    ]


def header() -> list[str]:
    """The heading of the file."""
    return [_("Table"), _("Row"), _("Column"), _("Value")]


def lines(figures: Figures) -> Iterator[Values]:
    """One line of the file for each number."""
    for table in tables(figures):
        for name, values in table.rows:
            for column, value in zip(table.columns, values, strict=True):
                yield [table.title, name, column, value]


def _counts(
    key: str, title: str, of: str, table: Table, rows: Mapping[str, str], columns: Mapping[str, str]
) -> Shown:
    """A table with its sums below and to the right."""
    names = [rows.get(row, row) or _("District not known") for row in table.rows]
    return Shown(
        key,
        title,
        of,
        [*(columns[column] for column in table.columns), _("All")],
        [
            (name, [_value(number) for number in numbers])
            for name, numbers in zip([*names, _("All")], table.numbers, strict=True)
        ],
    )


def _single(
    key: str, title: str, of: str, table: Table, rows: Mapping[str, str], column: str
) -> Shown:
    """A table of one column."""
    names = [*(rows[row] for row in table.rows), _("All")]
    told = [(name, [_value(row[-1])]) for name, row in zip(names, table.numbers, strict=True)]
    return Shown(key, title, of, [column], told)


def _waiting(figures: Figures, topics: Mapping[str, str]) -> Shown:
    return Shown(
        "waiting",
        _("Working days from asking to the first visit"),
        _("Kind"),
        [_("Half of them within"), _("Nine of ten within")],
        [
            (topics.get(one.topic, _("All")), [_value(one.half), _value(one.most)])
            for one in figures.waiting
        ],
    )


def _teams(figures: Figures) -> Shown:
    return Shown(
        "teams",
        _("Visits and kilometres by team"),
        _("Team"),
        [_("Days out"), _("Visits"), _("Visits a day"), _("Kilometres")],
        [
            (
                one.name or _("All"),
                [
                    _value(one.days),
                    _value(one.visits),
                    _value(one.visits_a_day),
                    _value(one.kilometres),
                ],
            )
            for one in figures.teams
        ],
    )


def _value(number: float | None) -> float | str:
    return LEFT_OUT if number is None else number


def _month(number: str) -> str:
    return date_format(date(2000, int(number), 1), "F")
