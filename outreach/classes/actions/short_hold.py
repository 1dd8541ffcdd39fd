"""Let the next in a rush have the class as soon as one is done with it, not once the disk is."""

from django.db import connection, transaction


def let_go_before_the_disk() -> None:
    """Shorten how long the present transaction holds its rows, without promising anything early.

    PostgreSQL keeps what a transaction holds until its commit is on the disk, some milliseconds in
    which everybody behind waits. Here the commit gives the rows free first (`synchronous_commit`
    off) and the disk is waited for after it, by as many at once as there are. Nobody is answered
    before that wait ends; and as the log is written in order, whoever commits something on top of
    it, such as the worker that sends the message, has it on the disk as well. SQLite has one
    writer at a time and is left as it is.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
    transaction.on_commit(_wait_for_the_disk)


def _wait_for_the_disk() -> None:
    """A commit of nothing, at the usual setting: the log up to here is written first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_logical_emit_message(true, 'todoke', '')")
