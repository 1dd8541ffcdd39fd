"""The house's own way for `tests.bench.messages`: one worker on the database of DATABASE_URL.

Answers each line on its standard input with a line of JSON, until the input ends.
"""

import json
import sys
from time import perf_counter

import django

django.setup()

from django.core.management import call_command  # noqa: E402  (Django first)
from django.utils import timezone  # noqa: E402

from notifications.actions import claims, deliveries, outcomes  # noqa: E402
from notifications.actions.outcomes import Outcome  # noqa: E402
from notifications.models import Contact, ContactPoint, Message  # noqa: E402

PEOPLE = 3000
TEXT = "鹿角市です。10月1日10:00から教室。変更は0186-00-0100"


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    everybody = people()
    deliver(everybody[:50])  # imports and connections are not what is measured
    for _ in sys.stdin:
        figures = {"rate": deliver(everybody), **bookkeeping(everybody)}
        print(json.dumps(figures), flush=True)


def people() -> list[ContactPoint]:
    Contact.objects.create(name="bench", language="ja")
    return ContactPoint.objects.bulk_create(
        ContactPoint(kind="phone", value=f"+8190000{number:05d}", takes_sms=True)
        for number in range(PEOPLE)
    )


def queue(points: list[ContactPoint]) -> None:
    Message.objects.all().delete()
    contact, now = Contact.objects.get(), timezone.now()
    Message.objects.bulk_create(
        Message(
            contact=contact,
            point=point,
            purpose="visit",
            reference=f"bench-{number}",
            channel="sms",
            language="ja",
            code="4KM9",
            body=f"{TEXT} 4KM9",
            other_forms={"long": {"language": "ja", "subject": "教室", "body": TEXT * 8}},
            queued_at=now,
        )
        for number, point in enumerate(points)
    )


def deliver(points: list[ContactPoint]) -> float:
    """SMS a second, from the first look into the outbox to the last row written."""
    queue(points)
    began = perf_counter()
    counts = deliveries.deliver_due(now=timezone.now())
    seconds = perf_counter() - began
    assert counts["sent"] == len(points), counts
    assert Message.objects.filter(state="sent", events__state="sent").count() == len(points)
    return len(points) / seconds


def bookkeeping(points: list[ContactPoint]) -> dict[str, float]:
    """Milliseconds a row for claiming and for recording, without any call."""
    queue(points)
    spent = {"claim": 0.0, "record": 0.0}
    while True:
        began = perf_counter()
        claim = claims.claim_due(now=timezone.now(), limit=deliveries.BATCH_SIZE)
        spent["claim"] += perf_counter() - began
        if claim is None:
            return {name: seconds * 1000 / len(points) for name, seconds in spent.items()}
        sent = [
            Outcome(message, Message.State.SENT, provider_id=f"SM{message.pk:032d}", calls=1)
            for message in claim.messages
        ]
        began = perf_counter()
        outcomes.record(claim=claim.token, outcomes=sent, now=timezone.now())
        spent["record"] += perf_counter() - began


if __name__ == "__main__":
    main()
