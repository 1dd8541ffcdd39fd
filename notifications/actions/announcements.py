"""Put one announcement into the outbox for very many people, and take it out again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Field

from notifications import reasons
from notifications.announcement_words import Words
from notifications.models import Announcement, Contact, Message, MessageEvent
from notifications.rules.announcement_texts import parts_with_code
from notifications.rules.codes import new_code, with_code
from notifications.texts import FORM_OF_CHANNEL

# Messages taken out of the outbox in one transaction.
DROPPED_AT_ONCE = 2000

# What differs from one person to the next; all the other columns are the same for everybody.
_OWN = ("contact", "point", "reference", "channel", "language", "code", "subject", "body", "parts")

_FORM: dict[str, str] = {str(channel): form for channel, form in FORM_OF_CHANNEL.items()}

_EVENTS = """
    INSERT INTO notifications_messageevent (message_id, state, at, detail)
    SELECT id, state, queued_at, reason FROM notifications_message
    WHERE id > %s AND announcement_id = %s AND follows_id IS NULL
"""

# A claim being made at this moment keeps its rows: what is on its way out is not called back, and
# what comes back into the outbox is dropped when its turn comes (`claims.rule_out`).
_DROP = """
    WITH waiting AS MATERIALIZED (
        SELECT id FROM notifications_message
        WHERE announcement_id = %s AND hand_over_id IS NULL
        AND (state = 'queued' OR state = 'held' AND channel = 'call')
        LIMIT %s {lock}
    )
    UPDATE notifications_message SET state = 'dropped', reason = %s
    FROM waiting WHERE notifications_message.id = waiting.id
    RETURNING notifications_message.id
"""


class Recipient(NamedTuple):
    """Somebody an announcement reaches, by `channel` at the ContactPoint with the key `point`.

    A tuple, because there may be a hundred thousand.
    """

    contact: int
    language: str
    channel: str
    point: int


@transaction.atomic
def queue(
    *, announcement: Announcement, recipients: Sequence[Recipient], words: Words, now: datetime
) -> int:
    """Queue an announcement for these people, and say for how many it is in the outbox now.

    In one statement, with their events in another: row by row it would take minutes for a town.
    The reference and the number are unique, so that nothing is queued twice.
    """
    if not recipients:
        return 0
    newest = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    same_for_all = Message(
        announcement=announcement,
        purpose=announcement.purpose,
        queued_at=now,
        useless_after=announcement.useless_after,
    )
    fields: dict[str, Field] = {field.name: field for field in Message._meta.concrete_fields}
    shared = {
        field.column: field.get_db_prep_save(field.pre_save(same_for_all, add=True), connection)
        for name, field in fields.items()
        if not field.primary_key and name not in _OWN
    }
    own = [fields[name] for name in _OWN]
    _insert(shared, own, _rows(announcement, recipients, words))
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [newest, announcement.pk])
        return cursor.rowcount


def drop_waiting(*, announcement: Announcement, now: datetime, by: User | None = None) -> int:
    """Take what still waits out of the outbox, and say how many messages that were.

    Calls that a colleague was to make are among them. What a provider is just being told is not
    called back; what is in a print run is settled there. A few thousand at a time, so that nobody
    else waits for long.
    """
    dropped = 0
    while keys := _drop_some(announcement, now=now, by=by):
        dropped += len(keys)
    return dropped


@transaction.atomic
def _drop_some(announcement: Announcement, *, now: datetime, by: User | None) -> list[int]:
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update else ""
    reason = reasons.in_house_language(reasons.ANNOUNCEMENT_STOPPED)
    with connection.cursor() as cursor:
        cursor.execute(_DROP.format(lock=lock), [announcement.pk, DROPPED_AT_ONCE, reason])
        keys = [key for (key,) in cursor.fetchall()]
    MessageEvent.objects.bulk_create(
        MessageEvent(message_id=key, state=Message.State.DROPPED, at=now, detail=reason, by=by)
        for key in keys
    )
    return keys


def _rows(
    announcement: Announcement, recipients: Iterable[Recipient], words: Words
) -> Iterator[tuple[Any, ...]]:
    """What is each person's own, in the order of `_OWN`."""
    for contact, language, channel, point in recipients:
        text = words.text(_FORM[channel], language=language, contact=contact)
        code, body, parts = "", text.body, 0
        if channel == Contact.Channel.SMS:
            code = new_code()
            body, parts = with_code(text.body, code), parts_with_code(text.body)
        reference = f"announcement:{announcement.pk}:{contact}"
        yield (
            *(contact, point, reference, channel),
            *(text.language, code, text.subject, body, parts),
        )


def _insert(
    shared: dict[str | None, Any], own: Sequence[Field], rows: Iterable[tuple[Any, ...]]
) -> None:
    columns = ", ".join(filter(None, [*shared, *(field.column for field in own)]))
    same = ", ".join(["%s"] * len(shared))
    # Names of columns come from the model, never from outside.
    into = f"INSERT INTO notifications_message ({columns})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Columns travel as arrays, what is the same for all once.
            arrays = ", ".join(f"%s::{_array_type(field)}" for field in own)
            cursor.execute(
                f"{into} SELECT {same}, own.* FROM unnest({arrays}) AS own "  # noqa: S608
                "ON CONFLICT DO NOTHING",
                [*shared.values(), *map(list, zip(*rows, strict=True))],
            )
        else:
            places = ", ".join(["%s"] * len(own))
            values = tuple(shared.values())
            cursor.executemany(
                f"{into} VALUES ({same}, {places}) ON CONFLICT DO NOTHING",
                [(*values, *row) for row in rows],
            )


def _array_type(field: Field) -> str:
    # A cast to varchar(n) would cut what is too long without a word.
    kind = field.db_type(connection) or "text"
    return "text[]" if kind.startswith("varchar") else f"{kind}[]"
