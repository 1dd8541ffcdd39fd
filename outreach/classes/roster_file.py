"""The list of a class as a workbook, for tutors who type into it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from outreach.classes.models import ClassSession
from outreach.classes.roster import RosterLine
from outreach.people.sheets import workbook

WIDTHS = (5, 16, 18, 20, 14, 9, 18, 24, 30, 12, 9)


def roster_workbook(*, session: ClassSession, title: str, lines: Sequence[RosterLine]) -> bytes:
    """The bytes of an xlsx file; `title` names course, day and venue."""
    return workbook(
        title=title,
        header=[
            _("No."),
            _("Name"),
            _("Reading"),
            _("Needs"),
            _("Handset"),
            _("Ride"),
            _("Phone"),
            _("Wants to learn"),
            _("Note"),
            _("Reference"),
            _("Present"),
        ],
        rows=[_row(line) for line in lines],
        widths=WIDTHS,
        foot=_("This list names residents. Delete it after the class."),
    )


def _row(line: RosterLine) -> list[str | int]:
    registration = line.registration
    return [
        line.number,
        line.name,
        line.kana,
        "\n".join(map(str, line.needs)),
        _("Loan") if line.borrows else registration.phone_model or _("Own"),
        "○" if registration.wants_ride else "",
        "\n".join(line.phones),
        registration.wish,
        registration.note,
        registration.reference,
        "",
    ]
