"""The site as `start_site` begins it: planted once in a process, its rows put back after that."""

from copy import deepcopy
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from cms.actions import site
from tests import fresh_databases

Rows = dict[str, list[str]]


class Planting:
    """What `site.plant` does to a database as migrated, which takes it a second."""

    def __init__(self) -> None:
        with transaction.atomic():
            before = _all_rows()
            self._done = site.plant(site_url="http://testserver")
            after = _all_rows()
            transaction.set_rollback(True)
        self._rows = {table: after[table] for table in after if after[table] != before.get(table)}

    @transaction.atomic
    def again(self) -> site.Planted:
        """The same pages, in a moment."""
        with connection.cursor() as cursor:
            for table, rows in self._rows.items():
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608
                _put_back(cursor, table, rows)
            planted = [model for model in fresh_databases.models() if _table(model) in self._rows]
            for statement in connection.ops.sequence_reset_sql(no_style(), planted):
                cursor.execute(statement)
        return deepcopy(self._done)


def _table(model: Any) -> str:
    return model._meta.db_table


def _all_rows() -> Rows:
    """The rows of each table that has any, as the database itself writes them."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in fresh_databases.tables():
            cursor.execute(f"SELECT {_written(cursor, table)} FROM {table}")  # noqa: S608
            if found := [row for (row,) in cursor.fetchall()]:
                rows[table] = found
    return rows


def _written(cursor: Any, table: str) -> str:
    if connection.vendor == "postgresql":
        return f"{table}::text"
    # Asked of SQLite itself: Django's description stumbles over a check against a list of digits.
    cursor.execute(f"PRAGMA table_info({table})")
    names = [name for _number, name, *_more in cursor.fetchall()]
    return " || ',' || ".join(f'quote("{name}")' for name in names)


def _put_back(cursor: Any, table: str, rows: list[str]) -> None:
    if connection.vendor == "postgresql":
        source = f"SELECT (row::{table}).* FROM unnest(%s::text[]) AS row"  # noqa: S608
        cursor.execute(f"INSERT INTO {table} {source}", [rows])
        return
    for row in rows:
        cursor.execute(f"INSERT INTO {table} VALUES ({row})")  # noqa: S608
