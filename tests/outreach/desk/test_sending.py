from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.actions import sending_stops
from notifications.models import Message, SendingStop
from outreach.desk.sending_state import sending_state
from outreach.people.models import AccessRecord
from tests.cast import LINH

SENDING = "/staff/sending/"
STOP = "/staff/sending/stop/"
LIFT = "/staff/sending/lift/"


@pytest.fixture
def stopped(staff):
    return sending_stops.stop(reason="文面の誤り", by=staff("desk"), now=timezone.now())


def test_the_screen_says_that_sending_is_on_and_what_waits(log_in, registration):
    page = log_in("desk").get(SENDING).content.decode()

    state = sending_state(now=timezone.now())
    assert state.is_on
    assert [channel.due for channel in state.channels] == [1, 0, 0]
    assert LINH.name not in page
    assert LINH.phone not in page
    assert not AccessRecord.objects.filter(screen__contains="sending").exists()


def test_the_desk_stops_everything_with_a_reason(log_in, staff):
    answer = log_in("desk").post(STOP, {"reason": "文面の誤り"})

    assert answer.headers["Location"] == SENDING
    stop = sending_stops.standing()
    assert (stop.reason, stop.stopped_by) == ("文面の誤り", staff("desk"))
    page = log_in("desk").get(SENDING).content.decode()
    assert "文面の誤り" in page
    assert LIFT not in page


def test_a_stop_without_a_reason_is_refused_beside_the_field(log_in, db):
    page = log_in("desk").post(STOP, {"reason": " "}).content.decode()

    assert sending_stops.standing() is None
    assert 'href="#id_reason"' in page
    assert 'aria-invalid="true"' in page


def test_a_reason_that_holds_a_personal_number_is_refused_and_not_repeated(log_in, db):
    page = log_in("desk").post(STOP, {"reason": "番号 123456789018"}).content.decode()

    assert sending_stops.standing() is None
    assert "123456789018" not in page


def test_the_desk_cannot_lift_a_stop(log_in, stopped):
    log_in("desk").post(LIFT)

    assert sending_stops.standing() == stopped


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_a_manager_or_an_administrator_lifts_a_stop(log_in, staff, stopped, role):
    assert LIFT in log_in(role).get(SENDING).content.decode()

    log_in(role).post(LIFT)

    assert sending_stops.standing() is None
    assert SendingStop.objects.get().lifted_by == staff(role)
    assert "文面の誤り" in log_in(role).get(SENDING).content.decode()


@pytest.mark.parametrize("address", [STOP, LIFT])
def test_an_address_that_is_only_opened_changes_nothing(log_in, stopped, address):
    assert log_in("admin").get(address).headers["Location"] == SENDING
    assert sending_stops.standing() == stopped


def test_the_first_page_says_that_sending_is_stopped(log_in, staff):
    home = reverse("wagtailadmin_home")
    assert "todoke--notice" not in log_in("desk").get(home).content.decode()

    sending_stops.stop(reason="文面の誤り", by=staff("desk"), now=timezone.now())

    assert "文面の誤り" in log_in("desk").get(home).content.decode()
    assert "文面の誤り" not in log_in("editor").get(home).content.decode()


@pytest.mark.parametrize("screen", ["outbox", "announcements", "hand_overs"])
def test_screens_that_send_say_that_sending_is_stopped(log_in, stopped, screen):
    address = reverse(f"desk_staff:{screen}")
    assert "文面の誤り" in log_in("desk").get(address).content.decode()

    sending_stops.lift(by=stopped.stopped_by, now=timezone.now())

    assert "文面の誤り" not in log_in("desk").get(address).content.decode()


def test_the_operators_switch_is_shown_and_outweighs_everything(log_in, db, settings):
    settings.SENDING_ALLOWED = False

    assert not sending_state(now=timezone.now()).is_on
    assert "SENDING_ALLOWED" in log_in("desk").get(SENDING).content.decode()


def test_what_waits_is_counted_by_channel_and_by_whether_its_time_has_come(
    registration, settings, now
):
    settings.SMS_HOURS = "Mon-Sat 09:00-19:00"
    sunday = now.replace(day=4, hour=12)
    Message.objects.update(not_before=sunday + timedelta(hours=21))

    sms, email, voice = sending_state(now=sunday).channels

    assert (sms.due, sms.later, sms.in_flight) == (0, 1, 0)
    assert sms.opens_at == sunday.replace(day=5, hour=9)
    assert email.opens_at is None
    assert (voice.due, voice.later) == (0, 0)


def test_todays_messages_and_yen_are_shown_with_their_ceilings(log_in, registration, settings):
    settings.DAILY_SMS_CEILING, settings.SMS_PRICE_YEN = "50", "8.5"
    Message.objects.update(state="sent", sent_at=timezone.now(), parts=2)

    state = sending_state(now=timezone.now())

    assert (state.sms.used, state.sms.most) == (1, 50)
    assert (state.yen.used, state.yen.most) == (17, None)
    page = log_in("manager").get(SENDING).content.decode()
    assert "17" in page
    assert "50" in page


def test_yesterdays_messages_do_not_count_today(registration):
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Message.objects.update(state="sent", sent_at=midnight - timedelta(seconds=1), parts=1)
    assert sending_state(now=midnight).sms.used == 0

    Message.objects.update(sent_at=midnight)
    assert sending_state(now=midnight).sms.used == 1
