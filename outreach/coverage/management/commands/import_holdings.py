from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from mynumber.rules.forbidden_numbers import masked
from mynumber.rules.wareki import DateNotUnderstood, parse_japanese_date
from outreach.coverage.actions import holdings
from outreach.coverage.actions.holdings import Imported, NoBoundaries
from outreach.coverage.models import Batch, Holding
from outreach.coverage.remarks import FileRefused, lines_of


class Command(BaseCommand):
    help = (
        "Load counts of residents and cards by district, age band and sex, from CSV (UTF-8 or "
        "Shift_JIS) or Excel (.xlsx). Columns, in any order: 地域コード, 人口, 保有枚数 (needed); "
        "基準日 (needed, or --as-of); 地域名, 年齢階級, 性別, 人口基準日 (may be left out: all "
        "ages, both sexes, the date of the cards). 計 is checked against its parts. A file with a "
        "fault is refused as a whole, with one line for each fault. The same counts again change "
        "nothing; other counts of the same date replace the earlier ones, which are kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="the day the cards were counted on (2026-01-31, 令和8年1月31日, …), for a file "
            "without 基準日; it must not contradict the file",
        )
        parser.add_argument(
            "--accept-over",
            action="store_true",
            help="keep counts with more cards than residents, which are refused otherwise",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        as_of = _day(options["as_of"])
        content = _content(path)
        try:
            imported = holdings.import_file(
                content=content,
                file_name=path.name,
                now=timezone.now(),
                as_of=as_of,
                accept_over=options["accept_over"],
            )
        except FileRefused as refused:
            for line in lines_of(refused.faults, file_name=path.name):
                self.stderr.write(line)
            raise CommandError(
                _("Faults: %(count)d. Nothing was changed. Correct the file and load it again.")
                % {"count": len(refused.faults)}
            ) from None
        except NoBoundaries as error:
            raise CommandError(str(error)) from None
        for line in lines_of(imported.notes, file_name=path.name):
            self.stdout.write(line)
        self._tell(imported)

    def _tell(self, imported: Imported) -> None:
        if not imported.is_new:
            self.stdout.write(
                _("Already loaded: these counts are in the database as %(name)s. Nothing changed.")
                % {"name": _described(imported.batch)}
            )
        if imported.replaced is not None:
            self.stdout.write(
                _("These counts replace %(name)s, which is kept.")
                % {"name": _described(imported.replaced)}
            )
        rows, districts, residents, cards = Holding.objects.size_of(imported.batch)
        self.stdout.write(
            _(
                "Counts of %(as_of)s, population of %(population_as_of)s: %(rows)d rows, "
                "%(districts)d districts, %(residents)d residents, %(cards)d cards."
            )
            % {
                "as_of": imported.batch.as_of,
                "population_as_of": imported.batch.population_as_of,
                "rows": rows,
                "districts": districts,
                "residents": residents,
                "cards": cards,
            }
        )


def _described(batch: Batch) -> str:
    return _("%(file)s, loaded on %(date)s") % {
        "file": batch.file_name,
        "date": timezone.localtime(batch.imported_at).strftime("%Y-%m-%d %H:%M"),
    }


def _day(text: str | None) -> Any:
    if text is None:
        return None
    try:
        return parse_japanese_date(text)
    except DateNotUnderstood as error:
        raise CommandError(f"--as-of: {_(str(error))}") from None


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(
            _("The file %(file)s cannot be read: %(reason)s.")
            % {"file": masked(str(path)), "reason": error.strerror}
        ) from None
