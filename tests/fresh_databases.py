"""The tests' own database: a copy of one that was migrated before, and as good as new after a test.

Migrating takes half a minute and comes to the same each time. So what it came to is kept, under a
fingerprint of all it depends on, and each run and each of its processes begins with a copy. The
same copy takes the place of Django's flush after a test that commits: what migrations have written
is there for every test, whatever ran before it.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.test import TransactionTestCase
from django.utils import timezone

KEPT_IN = settings.BASE_DIR / ".pytest_cache"
PREFIX = "todoke_migrated_"
KEPT_FOR = timedelta(days=14)
# A schema of PostgreSQL for copies of the tables that migrations have written to.
AS_MIGRATED = "as_migrated"


def fingerprint() -> str:
    """Another one whenever migrating could come to something else."""
    files = [*Path(settings.BASE_DIR, "config/settings").glob("*.py")]
    for app in apps.get_app_configs():
        files += Path(app.path).glob("migrations/*.py")
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.name}\n".encode() + file.read_bytes())
    # Permissions and content types are made from the models, after the migrations.
    for model in apps.get_models():
        meta = model._meta
        digest.update(f"{meta.label} {meta.verbose_name_raw} {meta.permissions}\n".encode())
    known = (*connection.get_database_version(), version("django"), version("wagtail"))
    digest.update(repr(known).encode() + Path(__file__).read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def copied() -> Iterator[None]:
    """Lead the connection to a migrated database of this process's own; gone afterwards."""
    before, own = connection.settings_dict["NAME"], connection.creation._get_test_db_name()
    kind = _Sqlite if connection.vendor == "sqlite" else _Postgresql
    databases = kind(f"{PREFIX}{fingerprint()}")
    databases.copy_to(own)
    _lead_to(own)
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = classmethod(lambda cls: databases.restore())
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush
        _lead_to(before)
        databases.drop(own)


def _lead_to(name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name


@contextmanager
def _migrated(name: str) -> Iterator[None]:
    """Make a database of that name, migrate it as Django does for its tests, and connect to it."""
    before, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    own, test["NAME"] = test["NAME"], name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        yield
    finally:
        test["NAME"] = own
        _lead_to(before)


class _Sqlite:
    """One file in the cache of pytest, which is copied."""

    def __init__(self, name: str) -> None:
        self._kept = KEPT_IN / f"{name}.sqlite3"

    def copy_to(self, name: str) -> None:
        KEPT_IN.mkdir(exist_ok=True)
        with (KEPT_IN / "migrating.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self._kept.exists():
                self._make()
        shutil.copy(self._kept, name)

    def _make(self) -> None:
        for old in KEPT_IN.glob(f"{PREFIX}*"):
            old.unlink()
        half_done = self._kept.with_suffix(".half")
        with _migrated(str(half_done)):
            pass
        half_done.rename(self._kept)

    def restore(self) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(self._kept)) as kept:
            kept.backup(connection.connection)

    def drop(self, name: str) -> None:
        Path(name).unlink()


class _Postgresql:
    """A database beside the tests' own, which serves as their template."""

    def __init__(self, name: str) -> None:
        self._kept = name

    def copy_to(self, name: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [self._kept])
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self._kept])
            if not cursor.fetchone():
                self._make(cursor)
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self._kept}"')

    def _make(self, cursor: Any) -> None:
        today = timezone.localdate()
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
            " AND shobj_description(oid, 'pg_database') < %s",
            [PREFIX, (today - KEPT_FOR).isoformat()],
        )
        for (old,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
        half_done = f"{self._kept}_half"
        with _migrated(half_done), connection.cursor() as inside:
            inside.execute(f"CREATE SCHEMA {AS_MIGRATED}")
            for table in _answers(inside, (_if(table, _has_rows(table)) for table in tables())):
                inside.execute(f'CREATE TABLE {AS_MIGRATED}."{table}" AS TABLE "{table}"')
        cursor.execute(f'ALTER DATABASE "{half_done}" RENAME TO "{self._kept}"')
        cursor.execute(f"COMMENT ON DATABASE \"{self._kept}\" IS '{today.isoformat()}'")

    @cached_property
    def _written(self) -> frozenset[str]:
        """The tables that migrations have written to."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [AS_MIGRATED])
            return frozenset(table for (table,) in cursor.fetchall())

    def restore(self) -> None:
        """Empty what has rows, instead of cutting off ninety tables that mostly have none."""
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            changed = _answers(
                cursor,
                (
                    _if(table, _differs(table) if table in self._written else _has_rows(table))
                    for table in tables()
                ),
            )
            # In any order: foreign keys are looked at when the transaction ends.
            for table in changed:
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
            for table in self._written.intersection(changed):
                cursor.execute(f'INSERT INTO "{table}" TABLE {AS_MIGRATED}."{table}"')

    def drop(self, name: str) -> None:
        # The server that journeys visit may still be connected.
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def models() -> list[type[Model]]:
    """All models that have a table of their own, those between two models included."""
    everything = apps.get_models(include_auto_created=True)
    return [model for model in everything if model._meta.can_migrate(connection)]


def tables() -> list[str]:
    return [*dict.fromkeys(model._meta.db_table for model in models())]


def _if(table: str, condition: str) -> str:
    return f"SELECT '{table}' WHERE {condition}"


def _has_rows(table: str) -> str:
    return f'EXISTS (SELECT FROM "{table}")'


def _differs(table: str) -> str:
    ours, kept = f'TABLE "{table}"', f'TABLE {AS_MIGRATED}."{table}"'
    return f"EXISTS (({ours} EXCEPT {kept}) UNION ALL ({kept} EXCEPT {ours}))"


def _answers(cursor: Any, questions: Iterable[str]) -> list[str]:
    cursor.execute(" UNION ALL ".join(questions))
    return [table for (table,) in cursor.fetchall()]
