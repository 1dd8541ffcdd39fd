from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from mynumber.actions import reminders
from notifications.actions import contacts
from notifications.models import Contact, Message
from notifications.rules.phones import parse_phone
from tests.cast import HARU


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("queue_reminders", *arguments, stdout=out)
    return out.getvalue()


def reminders_queued() -> list[str]:
    rows = Message.objects.filter(purpose__in=["class-reminder", "renewal-reminder"])
    return sorted(rows.values_list("purpose", flat=True))


def day(moment, days: int = 0) -> str:
    return (timezone.localdate(moment) + timedelta(days=days)).isoformat()


def test_class_and_renewal_reminders_are_queued_and_counted(registration, reminder):
    the_day_before = day(registration.session.starts_at, -1)
    out = run("--today", the_day_before)
    assert "class reminders: 1\n" in out
    assert "appointment reminders: 0\n" in out
    assert "renewal reminders: 0\n" in out

    out = run("--today", (reminder.expires_on - timedelta(days=30)).isoformat())
    assert "renewal reminders: 1\n" in out

    assert reminders_queued() == ["class-reminder", "renewal-reminder"]


def test_running_again_queues_nothing_more(registration):
    the_day_before = day(registration.session.starts_at, -1)
    run("--today", the_day_before)

    assert "class reminders: 0\n" in run("--today", the_day_before)
    assert reminders_queued() == ["class-reminder"]


def test_one_that_fails_leaves_the_others_queued_and_the_exit_status_1(registration, reminder):
    Contact.objects.filter(pk=registration.person.contact_id).update(channel_order=7)
    other = reminders.ask(
        contact=contacts.record(name=HARU.name, language="ja", phone=parse_phone(HARU.phone)),
        kind="card",
        expires_on=timezone.localdate(registration.session.starts_at) + timedelta(days=29),
        how="web",
        wording="I agree.",
        now=registration.registered_at,
    )
    out = StringIO()

    with pytest.raises(CommandError) as refusal:
        call_command(
            "queue_reminders",
            *("--today", day(registration.session.starts_at, -1)),
            stdout=out,
        )

    assert refusal.value.returncode == 1
    assert "could not be queued: 1" in str(refusal.value)
    assert "class reminders: 0\n" in out.getvalue()
    assert "renewal reminders: 1\n" in out.getvalue()
    assert Message.objects.get(purpose="renewal-reminder").contact_id == other.contact_id


def test_without_a_day_it_is_today(db):
    assert run().startswith(day(timezone.now()))


@pytest.mark.parametrize("written", ["tomorrow", "2026-02-30", "31/01/2026", ""])
def test_a_day_that_is_none_is_one_clear_line(db, written):
    with pytest.raises(CommandError) as refusal:
        run("--today", written)

    assert "2026-01-31" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert refusal.value.returncode == 1


@pytest.mark.parametrize("written", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_is_one_clear_line(db, written):
    with pytest.raises(CommandError, match="Check the year"):
        run("--today", written)
