"""A key in an automatic call, and what everybody may read about a mobile desk."""

import pytest

from notifications.models import Message
from notifications.rules.answers import Answer
from outreach.desk.open_data import events
from outreach.reception.models import ReceptionPoint
from outreach.reception.receivers import give_time_back
from tests.cast import HARU

pytestmark = pytest.mark.django_db


def test_key_two_gives_the_time_back_and_says_so(make_day, book):
    appointment = book(make_day(), HARU)
    message = Message.objects.get()

    assert give_time_back(message=message, answer=Answer.CONFIRM) is None
    assert "取り消しました" in give_time_back(message=message, answer=Answer.CANCEL)
    appointment.refresh_from_db()
    assert appointment.state == "cancelled"


def test_a_mobile_desk_stands_among_the_events(make_day, venue, now):
    desk = ReceptionPoint.objects.create(
        kind="mobile_desk", venue=venue, name_ja="出張窓口", apply_minutes=25
    )
    make_day()  # a counter is no event
    make_day(point=desk, booths=1)

    (row,) = (dict(zip(events.COLUMNS, row, strict=True)) for row in events.rows(now=now))
    assert (row["イベント名"], row["開始日"], row["開始時間"]) == (
        "出張窓口",
        "2026-10-22",
        "09:00",
    )
    assert row["URL"].endswith(f"/ja/counters/{desk.pk}/book/")
