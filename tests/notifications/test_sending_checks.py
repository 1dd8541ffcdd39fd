import pytest
from django.conf import settings as the_settings

from notifications.sending_checks import faults, some_ceiling_stands


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        pytest.param({}, [], id="as shipped"),
        pytest.param({"SMS_HOURS": ""}, [], id="at any time"),
        pytest.param({"SMS_HOURS": "9-19"}, ["E041"], id="hours of no shape"),
        pytest.param({"VOICE_HOURS": "Mon 17:00-10:00"}, ["E041"], id="hours the wrong way round"),
        pytest.param({"NO_SENDING_DAYS": "02-30"}, ["E042"], id="a day that is none"),
        pytest.param({"NO_SENDING_DAYS": "01-01..12-31"}, ["E043", "E043"], id="closed all year"),
        pytest.param({"DAILY_SMS_CEILING": "0"}, [], id="a ceiling of nothing"),
        pytest.param({"DAILY_SMS_CEILING": "1.5"}, ["E044"], id="half an SMS"),
        pytest.param({"DAILY_YEN_CEILING": "-1"}, ["E044"], id="less than no yen"),
        pytest.param({"SMS_PRICE_YEN": "NaN"}, ["E044"], id="no price"),
        pytest.param({"VOICE_PRICE_YEN": "¥25"}, ["E044"], id="a price with its sign"),
        pytest.param({"ANNOUNCEMENTS_PER_WEEK": "0"}, ["E045"], id="no announcements at all"),
        pytest.param({"ANNOUNCEMENTS_PER_WEEK": "some"}, ["E045"], id="some announcements"),
        pytest.param({"ANNOUNCEMENTS_PER_WEEK": ""}, [], id="any number of announcements"),
        pytest.param(
            {"NOTIFICATION_PURPOSES": {"visit": {"consent": False, "at_once": "yes"}}},
            ["E046"],
            id="a flag that is a word",
        ),
    ],
)
def test_a_fault_in_hours_and_ceilings_has_an_id_and_a_hint(settings, changes, ids):
    settings.SMS_HOURS, settings.VOICE_HOURS = "Mon-Sat 09:00-19:00", "Mon-Fri 10:00-17:00"
    for name, value in changes.items():
        setattr(settings, name, value)

    found = list(faults())

    assert [fault.id for fault in found] == [f"notifications.{one}" for one in ids]
    assert all(fault.hint for fault in found)


@pytest.mark.parametrize(
    "name", ["SMS_HOURS", "NO_SENDING_DAYS", "DAILY_SMS_CEILING", "SMS_PRICE_YEN"]
)
def test_a_fault_names_its_setting(settings, name):
    setattr(settings, name, "nonsense")

    (fault,) = faults()

    assert name in fault.msg + fault.hint


@pytest.mark.parametrize(
    ("backend", "ceiling", "warned"),
    [
        pytest.param("twilio", "", True, id="paid for and without a ceiling"),
        pytest.param("twilio", "500", False, id="paid for and with one"),
        pytest.param("outbox", "", False, id="not paid for"),
    ],
)
def test_a_deployment_that_pays_is_warned_when_it_has_no_ceiling(
    settings, backend, ceiling, warned
):
    settings.SMS_BACKEND, settings.DAILY_SMS_CEILING = backend, ceiling

    assert [fault.id for fault in some_ceiling_stands()] == ["notifications.W041"] * warned


def test_the_shipped_purposes_say_which_are_answers_and_which_are_news():
    flagged = {
        flag: {name for name, one in the_settings.NOTIFICATION_PURPOSES.items() if one.get(flag)}
        for flag in ("at_once", "news")
    }

    assert flagged["at_once"] == {
        "class-registration",
        "visit-request",
        "own-link",
        "announcement-test",
        "class-change-soon",
        "appointment",
        "appointment-change-soon",
        "visit-late",
    }
    assert flagged["news"] == {"class-news"}
