"""The data sets by name, and how one becomes a file."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach.desk.open_data import cards_held, events, facilities

ENCODING = "utf-8-sig"
Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class DataSet:
    """One table: `slug` in addresses, `file_name` in a folder."""

    slug: str
    file_name: str
    columns: tuple[str, ...]
    rows: Callable[..., Iterable[Row]]

    def content(self, *, now: datetime) -> bytes:
        """The table as it is now, as a CSV file."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows(now=now))
        return text.getvalue().encode(ENCODING)


DATA_SETS = (
    DataSet("events", "イベント一覧.csv", events.COLUMNS, events.rows),
    DataSet("facilities", "公共施設一覧.csv", facilities.COLUMNS, facilities.rows),
    DataSet("cards-held", "地区別カード保有状況.csv", cards_held.COLUMNS, cards_held.rows),
)
