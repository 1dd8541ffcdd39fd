"""`manage.py import_boundaries FILE`: put the districts of a file in force."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from outreach.places.actions import boundaries
from outreach.places.boundary_file import Reading, read
from outreach.places.boundary_formats import sha256_of
from outreach.places.models import BoundarySet

MOST_FAULTS_SHOWN = 200


class Command(BaseCommand):
    help = (
        "Load the city's districts from a shapefile (also zipped), GeoJSON or GeoPackage and put "
        "them in force; the former set is kept as history. The columns of e-Stat small areas "
        "(KEY_CODE, S_NAME), of N03 (N03_007, N03_004) and of a plain file (code, name or "
        "name_ja) are found by themselves."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)

        def refuse(message: str) -> NoReturn:
            if not getattr(self, "_called_from_command_line", False):
                raise CommandError(message)
            # One line and exit 1, as for a bad file; argparse would print its usage and exit 2.
            self.stderr.write(message)
            sys.exit(1)

        parser.error = refuse  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--code", metavar="COL", help="column of the district's code")
        parser.add_argument("--name", metavar="COL", help="column of the district's name")
        parser.add_argument(
            "--parent", metavar="COL", help="column whose values group districts into larger ones"
        )
        parser.add_argument("--roman", metavar="COL", help="column of the name in roman letters")
        parser.add_argument("--set-name", default="", help="name of the set; else the file's")
        parser.add_argument("--credit", default="", help="whom to name beside the map")

    def handle(self, *args: Any, **options: Any) -> None:
        before = BoundarySet.objects.in_force()
        try:
            reading, after = self._import(options)
        except boundaries.BadBoundaries as refusal:
            self._show(refusal.faults)
            raise CommandError(_("Nothing was imported; the districts are as before.")) from None
        if after == before:
            self.stdout.write(
                _("This file is already in force as “%(name)s”; nothing has changed.")
                % {"name": after.name}
            )
        self._report(reading, after)

    def _import(self, options: dict[str, Any]) -> tuple[Reading, BoundarySet]:
        path: Path = options["file"]
        reading = read(
            path,
            code=options["code"],
            name=options["name"],
            parent=options["parent"],
            roman=options["roman"],
            tell=self.stdout.write,
        )
        self.stdout.write(_("Writing …"))
        boundary_set = boundaries.replace(
            name=options["set_name"].strip() or path.stem,
            features=reading.features,
            file_name=path.name,
            sha256=sha256_of(path),
            credit=options["credit"].strip(),
            now=timezone.now(),
        )
        return reading, boundary_set

    def _show(self, faults: tuple[str, ...]) -> None:
        for fault in faults[:MOST_FAULTS_SHOWN]:
            self.stderr.write(fault)
        if len(faults) > MOST_FAULTS_SHOWN:
            self.stderr.write(
                _("… and %(count)d more.") % {"count": len(faults) - MOST_FAULTS_SHOWN}
            )

    def _report(self, reading: Reading, boundary_set: BoundarySet) -> None:
        remarks = (
            (reading.water, _("Left out as water: %(count)d rows.")),
            (reading.nobodys, _("Left out as belonging to no municipality: %(count)d rows.")),
            (reading.zeros_restored, _("Codes given their leading zero back: %(count)d.")),
            (reading.repaired, _("Invalid shapes repaired: %(count)d.")),
            (reading.without_shape, _("Districts without a shape: %(count)d.")),
        )
        for count, sentence in remarks:
            if count:
                self.stdout.write(sentence % {"count": count})
        parents = boundary_set.districts.exclude(parts=None).distinct().count()
        self.stdout.write(
            _(
                "“%(name)s” is in force: %(districts)d districts in %(parents)d larger ones, "
                "from %(rows)d rows."
            )
            % {
                "name": boundary_set.name,
                "districts": len(reading.features),
                "parents": parents,
                "rows": reading.rows,
            }
        )
