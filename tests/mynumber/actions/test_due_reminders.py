import threading
import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from mynumber.actions import reminders
from mynumber.ladder import ladder as ladder_in_force
from mynumber.models import Reminder
from mynumber.rules.reminder_ladder import DEFAULT_LADDER
from notifications.actions import consents, contacts, ladder
from notifications.actions.one_by_one import SomeNotQueued
from notifications.models import Contact, Message
from notifications.rules.phones import parse_phone
from tests.cast import AKIKO, HARU, LINH

TOKYO = ZoneInfo("Asia/Tokyo")
EXPIRES_ON = date(2026, 10, 10)


def at(day: date, hour: int = 3) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=TOKYO)


def run(day: date, hour: int = 3) -> int:
    return reminders.queue(today=day, now=at(day, hour))


def codes() -> list[str]:
    rows = Message.objects.order_by("pk").values_list("reference", flat=True)
    return [reference.rsplit(":", 1)[1] for reference in rows]


@pytest.fixture
def remind(db: None):
    """Note a reminder asked for on a day."""

    def note(
        asked_on: date, expires_on: date = EXPIRES_ON, kind: str = "card", character=LINH
    ) -> Reminder:
        contact = contacts.record(
            name=character.name,
            language=character.language,
            phone=parse_phone(character.phone),
        )
        return reminders.ask(
            contact=contact,
            kind=kind,
            expires_on=expires_on,
            how="web",
            wording="I agree.",
            now=at(asked_on, 12),
        )

    return note


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(-100, ["T-90", "T-60", "T-30", "T-7", "T", "T+30", "T+75"], id="T-100"),
        pytest.param(-90, ["T-90", "T-60", "T-30", "T-7", "T", "T+30", "T+75"], id="T-90"),
        pytest.param(-40, ["T-30", "T-7", "T", "T+30", "T+75"], id="T-40"),
        pytest.param(-3, ["T", "T+30", "T+75"], id="T-3"),
        pytest.param(0, ["T", "T+30", "T+75"], id="on the last day"),
        pytest.param(10, ["T+30", "T+75"], id="T+10"),
        pytest.param(76, [], id="after the last step"),
    ],
)
def test_a_run_every_day_sends_each_step_once_from_the_day_of_asking(remind, asked, expected):
    remind(EXPIRES_ON + timedelta(days=asked))

    for days in range(asked, 100):
        run(EXPIRES_ON + timedelta(days=days))

    assert codes() == expected


@pytest.mark.parametrize(
    ("expires_on", "due_on", "step"),
    [
        pytest.param("2028-02-29", "2028-01-30", "T-30", id="expiry on 29 February"),
        pytest.param("2028-02-29", "2028-02-29", "T", id="on 29 February"),
        pytest.param("2028-03-30", "2028-02-29", "T-30", id="due on 29 February"),
        pytest.param("2027-05-31", "2027-03-02", "T-90", id="end of May, before renewal opens"),
        pytest.param("2027-01-31", "2027-01-01", "T-30", id="end of January, on New Year"),
        pytest.param("2026-12-31", "2027-01-30", "T+30", id="over the end of the year"),
    ],
)
def test_steps_at_the_ends_of_months_fall_due_on_their_day(remind, expires_on, due_on, step):
    remind(date.fromisoformat(expires_on) - timedelta(days=120), date.fromisoformat(expires_on))
    day = date.fromisoformat(due_on)

    run(day)

    assert codes() == [step]


def test_running_twice_on_one_day_queues_once(remind):
    remind(EXPIRES_ON - timedelta(days=100))
    day = EXPIRES_ON - timedelta(days=30)

    assert [run(day), run(day), run(day, hour=22)] == [1, 0, 0]
    assert codes() == ["T-30"]


def test_a_clock_set_back_sends_nothing_twice(remind):
    remind(EXPIRES_ON - timedelta(days=100))
    for days in (-60, -59, -61, -60, -30, -31, -60, -30):
        run(EXPIRES_ON + timedelta(days=days))

    assert codes() == ["T-60", "T-30"]


def test_after_an_outage_only_the_latest_step_goes_out(remind):
    remind(EXPIRES_ON - timedelta(days=100))

    run(EXPIRES_ON - timedelta(days=28))

    assert codes() == ["T-30"]


def test_after_a_long_outage_a_stale_step_is_left_out(remind):
    remind(EXPIRES_ON - timedelta(days=100))

    run(EXPIRES_ON - timedelta(days=10))

    assert codes() == []


def test_a_day_by_the_clock_of_greenwich_is_not_the_day_in_town(remind):
    """Asked at 03:00 in town on T-30, when it is still T-31 in Greenwich."""
    reminder = remind(EXPIRES_ON - timedelta(days=30))
    Reminder.objects.filter(pk=reminder.pk).update(
        asked_at=at(EXPIRES_ON - timedelta(days=29), hour=3)
    )

    run(EXPIRES_ON - timedelta(days=29))

    assert codes() == []  # T-30 was yesterday in town, before the asking


@pytest.mark.parametrize(
    ("days", "text"),
    [
        pytest.param(-7, "có hạn đến 10/10/2026", id="before"),
        pytest.param(0, "hết hạn hôm nay, 10/10/2026", id="on the day"),
        pytest.param(3, "đã hết hạn ngày 10/10/2026", id="the day's step, three days late"),
        pytest.param(30, "đã hết hạn ngày 10/10/2026", id="after"),
    ],
)
def test_the_words_fit_the_day_they_are_queued_on(remind, days, text):
    remind(EXPIRES_ON - timedelta(days=100))

    run(EXPIRES_ON + timedelta(days=days))

    assert text in Message.objects.get().body


def test_before_the_renewal_period_the_text_names_its_first_day(remind):
    remind(date(2027, 2, 1), date(2027, 5, 31), character=HARU)

    run(date(2027, 3, 2))

    assert "2027年3月1日から申請できます" in Message.objects.get().body


def test_nobody_is_woken_and_nothing_arrives_after_it_is_true(remind):
    remind(EXPIRES_ON - timedelta(days=100))

    run(EXPIRES_ON, hour=3)

    message = Message.objects.get()
    assert message.not_before == at(EXPIRES_ON, hour=9)
    assert message.useless_after == at(EXPIRES_ON + timedelta(days=1), hour=0)


def test_who_withdrew_their_consent_gets_nothing(remind):
    reminder = remind(EXPIRES_ON - timedelta(days=100))
    consents.withdraw(contact=reminder.contact, purpose="renewal-reminder", now=at(EXPIRES_ON))

    run(EXPIRES_ON)

    assert Message.objects.get().state == Message.State.DROPPED


def test_who_cancelled_is_not_written_to(remind):
    reminder = remind(EXPIRES_ON - timedelta(days=100))
    reminders.cancel(reminder=reminder, now=at(EXPIRES_ON - timedelta(days=31)))

    assert run(EXPIRES_ON - timedelta(days=30)) == 0


def test_one_that_always_fails_stops_nobody_after_it(remind, caplog):
    broken = remind(EXPIRES_ON - timedelta(days=100), character=LINH)
    sound = remind(EXPIRES_ON - timedelta(days=100), character=HARU)
    Contact.objects.filter(pk=broken.contact_id).update(channel_order=7)

    with pytest.raises(SomeNotQueued) as fault:
        run(EXPIRES_ON)

    assert (fault.value.queued, fault.value.failed) == (1, 1)
    assert Message.objects.get().contact_id == sound.contact_id
    assert f"renewal:{broken.pk}:{EXPIRES_ON}:T failed: TypeError" in caplog.text
    assert LINH.name not in caplog.text


def test_an_ended_reminder_takes_its_waiting_attempts_by_other_channels_along(remind):
    reminder = remind(EXPIRES_ON - timedelta(days=100), character=AKIKO)
    contacts.record(name=AKIKO.name, language="ja", email=AKIKO.email, contact=reminder.contact)
    run(EXPIRES_ON)
    first = Message.objects.get()
    Message.objects.filter(pk=first.pk).update(state="failed")
    later = ladder.climb(first, now=at(EXPIRES_ON))

    reminders.cancel(reminder=reminder, now=at(EXPIRES_ON))

    later.refresh_from_db()
    assert (later.channel, later.state) == ("email", "dropped")


def test_what_is_with_the_carrier_when_it_is_cancelled_is_not_tried_by_another_channel(remind):
    reminder = remind(EXPIRES_ON - timedelta(days=100), character=HARU)
    contacts.record(
        name=HARU.name, language="ja", email="haru@example.com", contact=reminder.contact
    )
    run(EXPIRES_ON)
    in_flight = Message.objects.get()
    Message.objects.filter(pk=in_flight.pk).update(state="unknown")
    cancelled_at = at(EXPIRES_ON)

    reminders.cancel(reminder=reminder, now=cancelled_at)

    assert ladder.climb(in_flight, now=cancelled_at).useless_after == cancelled_at


def test_the_shipped_ladder_is_the_one_the_rules_propose():
    assert ladder_in_force() == DEFAULT_LADDER


def test_an_empty_ladder_reminds_nobody(remind, settings):
    settings.RENEWAL_LADDER_DAYS = ""
    remind(EXPIRES_ON - timedelta(days=100))

    assert run(EXPIRES_ON) == 0


@pytest.mark.parametrize("host", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_the_clock_of_the_host_changes_nothing(remind, host, monkeypatch):
    monkeypatch.setenv("TZ", host)
    time.tzset()
    try:
        with timezone.override(host):
            remind(EXPIRES_ON - timedelta(days=100))
            run(EXPIRES_ON)
    finally:
        monkeypatch.undo()
        time.tzset()

    message = Message.objects.get()
    assert message.not_before == at(EXPIRES_ON, hour=9)
    assert message.useless_after == at(EXPIRES_ON + timedelta(days=1), hour=0)


def test_in_a_town_with_summer_time_the_last_day_ends_at_its_own_midnight(remind, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    the_day_it_springs_forward = date(2026, 3, 29)
    remind(date(2026, 1, 5), the_day_it_springs_forward)

    run(the_day_it_springs_forward, hour=12)

    message = Message.objects.get()
    assert message.not_before == datetime(2026, 3, 29, 7, tzinfo=UTC)
    assert message.useless_after == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_the_city_may_set_its_own_ladder(remind, settings):
    settings.RENEWAL_LADDER_DAYS = "-45,-14"
    remind(EXPIRES_ON - timedelta(days=100))

    for days in range(-100, 100):
        run(EXPIRES_ON + timedelta(days=days))

    assert codes() == ["T-45", "T-14"]


def test_reading_many_reminders_takes_few_queries(remind, django_assert_max_num_queries):
    for number in range(30):
        contact = Contact.objects.create(name=f"Resident {number}")
        Reminder.objects.create(
            contact=contact, kind="card", expires_on=EXPIRES_ON, asked_at=at(date(2026, 6, 1))
        )
    run(EXPIRES_ON)

    with django_assert_max_num_queries(4):
        assert run(EXPIRES_ON) == 0


def test_more_reminders_than_one_batch_are_all_queued(remind, monkeypatch):
    monkeypatch.setattr("mynumber.actions.due_reminders.BATCH", 2)
    for character in (LINH, HARU, AKIKO):
        remind(EXPIRES_ON - timedelta(days=100), character=character)
        remind(EXPIRES_ON - timedelta(days=100), kind="certificate", character=character)

    assert run(EXPIRES_ON) == 6


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_moment_send_nothing_twice(transactional_db, remind):
    for character in (LINH, HARU, AKIKO):
        remind(EXPIRES_ON - timedelta(days=100), character=character)
    faults: list[Exception] = []
    together = threading.Barrier(2)

    def work() -> None:
        try:
            together.wait()
            run(EXPIRES_ON)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not faults
    assert codes() == ["T", "T", "T"]
    assert Message.objects.values("contact").distinct().count() == 3
