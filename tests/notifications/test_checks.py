import pytest

from notifications import letters
from notifications.checks import check_settings

TWILIO = {
    "SMS_BACKEND": "twilio",
    "TWILIO_ACCOUNT_SID": "AC0",
    "TWILIO_AUTH_TOKEN": "only-for-tests",
    "TWILIO_SMS_FROM": "+815000000000",
}
EMAIL = {
    "EMAIL_URL": "smtp+tls://card:secret@mail.example.com",
    "EMAIL_FROM": "鹿角市 <card@city.example.com>",
}


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        pytest.param({}, [], id="as shipped"),
        pytest.param(TWILIO, [], id="twilio with everything"),
        pytest.param({"NOTIFICATION_TEXT_GUARD": ""}, ["notifications.E001"], id="no guard"),
        pytest.param(
            {"NOTIFICATION_TEXT_GUARD": "mynumber.validators.nothing"},
            ["notifications.E001"],
            id="a guard that is not there",
        ),
        pytest.param(
            {"NOTIFICATION_TEXT_GUARD": "mynumber.validators.REFUSAL"},
            ["notifications.E001"],
            id="a guard that cannot be called",
        ),
        pytest.param({"SMS_BACKEND": "pigeon"}, ["notifications.E002"], id="unknown way"),
        pytest.param(
            {**TWILIO, "TWILIO_AUTH_TOKEN": ""}, ["notifications.E003"], id="no credentials"
        ),
        pytest.param(
            {**TWILIO, "TWILIO_API_BASE": "localhost:9"}, ["notifications.E004"], id="no address"
        ),
        pytest.param({**TWILIO, "TWILIO_API_BASE": "http://127.0.0.1:9"}, [], id="a stand-in"),
        pytest.param({"NOTIFICATION_TEXT_MASK": ""}, ["notifications.E021"], id="no mask"),
        pytest.param(
            {"NOTIFICATION_TEXT_MASK": "mynumber.rules.forbidden_numbers.MASK"},
            ["notifications.E021"],
            id="a mask that cannot be called",
        ),
        pytest.param({**TWILIO, "TWILIO_VOICE_FROM": "+815000000000"}, [], id="a machine calls"),
        pytest.param(
            {**TWILIO, "TWILIO_VOICE_FROM": "050-0000-0000"},
            ["notifications.E022"],
            id="a number without its country code",
        ),
        pytest.param(
            {"TWILIO_VOICE_FROM": "+815000000000"},
            ["notifications.E023"],
            id="a machine calls without an account",
        ),
        pytest.param(
            {**TWILIO, "TWILIO_VOICE_FROM": "+815000000000", "TWILIO_VOICE_NAME": ""},
            ["notifications.E024"],
            id="a machine without a voice",
        ),
        pytest.param(
            {"ASK_STATUS_AFTER_MINUTES": 0}, ["notifications.E025"], id="statuses asked at once"
        ),
        pytest.param(EMAIL, [], id="a mail server"),
        pytest.param(
            {**EMAIL, "EMAIL_URL": "mail.example.com"}, ["notifications.E030"], id="no mail server"
        ),
        pytest.param({**EMAIL, "EMAIL_FROM": "鹿角市"}, ["notifications.E031"], id="no sender"),
        pytest.param(
            {"NOTIFICATION_PURPOSES": {"visit": {}}}, ["notifications.E005"], id="half a purpose"
        ),
        pytest.param({"SMS_BACKEND": "csv"}, [], id="a file by hand"),
        pytest.param({"MESSAGE_CLAIM_SECONDS": 9}, ["notifications.E010"], id="hasty claims"),
        pytest.param({"MESSAGE_LOOK_UP_SECONDS": 0}, ["notifications.E011"], id="hasty doubts"),
        pytest.param(
            {"ANNOUNCEMENT_APPROVAL_ABOVE": -1}, ["notifications.E051"], id="fewer than nobody"
        ),
    ],
)
def test_a_fault_in_the_settings_has_an_id_and_a_hint(settings, changes, ids):
    for name, value in changes.items():
        setattr(settings, name, value)

    faults = check_settings()

    assert [fault.id for fault in faults] == ids
    assert all(fault.hint for fault in faults)


def test_a_missing_credential_is_named(settings):
    settings.SMS_BACKEND = "twilio"

    (fault,) = check_settings()

    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SMS_FROM"):
        assert name in fault.msg


def test_a_missing_guard_is_a_fault(settings):
    del settings.NOTIFICATION_TEXT_GUARD

    assert [fault.id for fault in check_settings()] == ["notifications.E001"]


def test_missing_libraries_are_a_warning_and_no_more(monkeypatch):
    monkeypatch.setattr(letters, "LIBRARIES", ("libnowhere.so.0",))

    (fault,) = check_settings()

    assert fault.id == "notifications.W030"
    assert not fault.is_serious()
    assert "libnowhere.so.0" in fault.msg
