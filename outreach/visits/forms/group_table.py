"""The table of residents: what its columns are called, and what is wrong with its cells."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mynumber.rules.forbidden_numbers import MASK
from mynumber.rules.wareki import DateNotUnderstood, parse_japanese_date
from outreach.people.forms import NAME_LENGTH
from outreach.people.rules.names import as_katakana, comparable, is_kana, tidy_name
from outreach.visits.actions.groups import GroupPerson
from outreach.visits.rules.birth_years import (
    BirthYearFault,
    BirthYearNotUnderstood,
    parse_birth_year,
)
from outreach.visits.rules.pasted_people import Row, language_of

NOTES_LENGTH = 300
COLUMN_LABELS = {
    "name": _("Name"),
    "kana": _("Reading (kana)"),
    "born": _("Birth date or year"),
    "language": _("Language"),
    "notes": _("Notes"),
}


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with one cell of the table; rows count from 1, as people count."""

    row: int
    column: str
    sentence: str

    @property
    def cell(self) -> str:
        """The name of the field the page draws it in."""
        return f"{self.column}_{self.row - 1}"

    @property
    def in_full(self) -> str:
        return gettext("Person %(row)d, %(column)s: %(fault)s") % {
            "row": self.row,
            "column": COLUMN_LABELS[self.column],
            "fault": self.sentence,
        }


def table_faults(rows: list[Row]) -> list[CellFault]:
    """Everything that is wrong with a table, row by row."""
    by_row = [fault for number, row in enumerate(rows, 1) for fault in _faults_of(number, row)]
    return sorted(by_row + _twice(rows), key=lambda fault: fault.row)


def _faults_of(number: int, row: Row) -> list[CellFault]:
    found = [
        CellFault(number, column, gettext("A number that may not be kept stood here. Remove it."))
        for column, cell in row.items()
        if MASK in cell
    ]
    judged = {
        "name": _name_fault(row["name"]),
        "kana": _kana_fault(row["kana"]),
        "born": "" if MASK in row["born"] else _born_fault(row["born"]),
        "language": _language_fault(row["language"]),
        "notes": _length_fault(row["notes"], NOTES_LENGTH),
    }
    return found + [CellFault(number, column, said) for column, said in judged.items() if said]


def _twice(rows: list[Row]) -> list[CellFault]:
    seen: dict[tuple[str, str], int] = {}
    found = []
    for number, row in enumerate(rows, 1):
        who = (comparable(row["name"]), row["born"])
        if row["name"] and (first := seen.setdefault(who, number)) != number:
            sentence = gettext("The same person as number %(first)d.") % {"first": first}
            found.append(CellFault(number, "name", sentence))
    return found


def _name_fault(name: str) -> str:
    return _length_fault(name, NAME_LENGTH) if name else gettext("Write the name.")


def _kana_fault(kana: str) -> str:
    if not is_kana(as_katakana(kana)):
        return gettext("Write the reading in hiragana or katakana, or leave it empty.")
    return _length_fault(as_katakana(kana), NAME_LENGTH)


def _born_fault(born: str) -> str:
    try:
        _born(born)
    except (BirthYearNotUnderstood, DateNotUnderstood) as refusal:
        return gettext(refusal.fault.value)
    return ""


def _language_fault(language: str) -> str:
    if language_of(language) is not None:
        return ""
    return gettext("We do not know this language. Choose one of the list.")


def _length_fault(text: str, most: int) -> str:
    too_long = gettext("This text is too long. Write it in at most %(limit_value)d characters.")
    return too_long % {"limit_value": most} if len(text) > most else ""


def _born(written: str) -> tuple[int | None, date | None]:
    """The year, and the day where a whole date is written, in either calendar."""
    if not written:
        return None, None
    today = timezone.localdate()
    try:
        return parse_birth_year(written, this_year=today.year), None
    except BirthYearNotUnderstood as no_year:
        if no_year.fault is not BirthYearFault.UNREADABLE:
            raise
    day = parse_japanese_date(written)
    if day > today:
        raise BirthYearNotUnderstood(BirthYearFault.NOT_PLAUSIBLE)
    return parse_birth_year(str(day.year), this_year=today.year), day


def person_of(row: Row) -> GroupPerson:
    """The resident of a row in which nothing is wrong."""
    birth_year, birth_date = _born(row["born"])
    return GroupPerson(
        name=tidy_name(row["name"]),
        kana=as_katakana(row["kana"]),
        birth_year=birth_year,
        birth_date=birth_date,
        language=language_of(row["language"]) or "",
        notes=row["notes"],
    )


def languages() -> list[tuple[str, str | Promise]]:
    """The choices of the language column."""
    return [("", _("As this page")), *settings.LANGUAGES]
