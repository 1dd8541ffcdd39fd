import json
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mynumber.rules.wareki import DateNotUnderstood, parse_japanese_date
from outreach.coverage.coverage import Coverage, NoCountsOfThisDate, Row, coverage

_NOTHING = "—"


class Command(BaseCommand):
    help = "How many residents hold a card, by district, and how many cards the target still takes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object, for programs")
        parser.add_argument(
            "--as-of", metavar="DATE", help="the counts of this date instead of the newest"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = parse_japanese_date(options["as_of"]) if options["as_of"] else None
            found = coverage(as_of=day)
        except DateNotUnderstood as error:
            raise CommandError(f"--as-of: {_(str(error))}") from None
        except NoCountsOfThisDate as error:
            raise CommandError(str(error)) from None
        if found.as_of is None:
            raise CommandError(_("No counts have been loaded yet. Load them with import_holdings."))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False, indent=1))
        else:
            self.stdout.write(as_table(found))


def as_json(found: Coverage) -> dict[str, object]:
    """The object other programs read: rates as text with one decimal, null where there is none."""
    return {
        "whole": _fields(found.whole),
        "districts": [_fields(row) for row in found.districts],
        "parents": [_fields(row) for row in found.parents],
        "target": _text(found.target),
    }


def _fields(row: Row) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "parent": row.parent_code,
        "residents": row.residents,
        "cards": row.cards,
        "rate": _text(row.rate),
        "gap": _text(row.gap),
        "cards_needed": row.cards_needed,
        "as_of": _iso(row.as_of),
        "population_as_of": _iso(row.population_as_of),
        "missing": row.missing,
        "missing_parts": row.missing_parts,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:.1f}"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def as_table(found: Coverage) -> str:
    """The same for people: the districts, then the sums above them, the whole city last."""
    headings = (
        _("Code"),
        _("District"),
        _("Residents"),
        _("Cards"),
        _("Rate (%)"),
        _("Gap (points)"),
        _("Cards needed"),
    )
    rows = [_cells(row) for row in (*found.districts, *found.parents, found.whole)]
    widths = [max(map(_width, column)) for column in zip(headings, *rows, strict=True)]
    lines = [_line(cells, widths) for cells in (headings, *rows)]
    lines.append("")
    lines.append(
        _("Cards of %(as_of)s, population of %(population_as_of)s, target %(target)s %%.")
        % {
            "as_of": found.as_of,
            "population_as_of": found.population_as_of,
            "target": _text(found.target),
        }
    )
    if found.whole.missing_parts:
        lines.append(
            _("Districts without counts, which are missing, not zero, and in no sum: %(count)d.")
            % {"count": found.whole.missing_parts}
        )
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.code,
        row.name,
        *(_NOTHING if number is None else f"{number:,}" for number in (row.residents, row.cards)),
        *(_text(number) or _NOTHING for number in (row.rate, row.gap)),
        _NOTHING if row.cards_needed is None else f"{row.cards_needed:,}",
    )


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    """Code and name to the left, numbers to the right."""
    padded = [
        cell + " " * (width - _width(cell)) if place < 2 else " " * (width - _width(cell)) + cell
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns a text takes on a terminal, where kanji take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
