"""No two visits of a team overlap, whoever writes them: kept by the database itself.

PostgreSQL has exclusion constraints. SQLite gets triggers, which fall with the table whenever a
migration rebuilds it; so they are put back after every migration.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

NAME = "visit_no_overlap"

POSTGRESQL = f"""
ALTER TABLE visits_visit ADD CONSTRAINT {NAME} EXCLUDE USING gist (
    team_id WITH =, tstzrange(starts_at, ends_at) WITH &&
) WHERE (starts_at IS NOT NULL AND outcome <> 'called_off')
"""

# Times are written as text of one shape and one zone, so that text compares as time.
SQLITE = """
CREATE TRIGGER IF NOT EXISTS {name}_{event} BEFORE {when} ON visits_visit
WHEN NEW.starts_at IS NOT NULL AND NEW.outcome <> 'called_off' AND EXISTS (
    SELECT 1 FROM visits_visit AS other
    WHERE other.team_id = NEW.team_id AND other.id IS NOT NEW.id
        AND other.outcome <> 'called_off'
        AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at
)
BEGIN SELECT RAISE(ABORT, '{name}'); END
"""
EVENTS = {"insert": "INSERT", "update": "UPDATE OF team_id, starts_at, ends_at, outcome"}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the guard up for the first time."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
            cursor.execute(POSTGRESQL)
        else:
            for event, when in EVENTS.items():
                cursor.execute(SQLITE.format(name=NAME, event=event, when=when))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guard down."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE visits_visit DROP CONSTRAINT {NAME}")
        else:
            for event in EVENTS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {NAME}_{event}")


def put_back(*, using: str, **_: Any) -> None:
    """After migrations: the triggers a rebuilt table has lost. PostgreSQL loses nothing."""
    connection = connections[using]
    if connection.vendor == "sqlite" and _is_complete(connection):
        install(connection)


def _is_complete(connection: BaseDatabaseWrapper) -> bool:
    """Whether the table has its times: not before the migration that brings them."""
    with connection.cursor() as cursor:
        if "visits_visit" not in connection.introspection.table_names(cursor):
            return False
        columns = connection.introspection.get_table_description(cursor, "visits_visit")
    return "starts_at" in {column.name for column in columns}
