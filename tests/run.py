"""Runs the suite on SQLite and, where one is to be had, on PostgreSQL: `python -m tests.run`.

Arguments go to pytest. The last line names the databases that were tested. On PostgreSQL runs what
could end differently there: see `tests.second_database`.
"""

import os
import subprocess
import sys

import psycopg

LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"


def postgresql() -> str | None:
    """The address of a PostgreSQL to test on: `TEST_DATABASE_URL`, or one that answers here."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    try:
        psycopg.connect(LOCAL, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        sys.stderr.write(f"No PostgreSQL on 127.0.0.1:5432 to test on: {error}\n")
        return None
    return LOCAL


def run_on(name: str, url: str, arguments: list[str]) -> bool:
    sys.stdout.write(f"\n=== {name}\n")
    sys.stdout.flush()
    # One more than the cores of a small machine: some tests wait for processes they have started.
    # Who is done takes over from the others: a few tests last as long as hundreds.
    workers = ["-n", "3", "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", "-q", *workers, "tests", *arguments]
    # The tests' code is compiled by one process for the others, whatever the environment says.
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(command, env=environment).returncode == 0


def main(arguments: list[str]) -> int:
    databases = {"SQLite": ("sqlite:///:memory:", arguments)}
    if url := postgresql():
        databases["PostgreSQL"] = (url, ["--database-only", *arguments])
    passed = [name for name, (url, rest) in databases.items() if run_on(name, url, rest)]
    failed = [name for name in databases if name not in passed]
    if failed:
        sys.stdout.write(f"Failed on: {', '.join(failed)}\n")
        return 1
    sys.stdout.write(f"Tested on: {', '.join(passed)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
