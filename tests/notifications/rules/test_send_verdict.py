from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from notifications.rules.send_verdict import Situation, Verdict, judge

NOW = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
FINE = Situation(
    useless_after=None,
    needs_consent=True,
    has_consent=True,
    do_not_contact=False,
    protected=False,
    channel="sms",
    address_state="usable",
)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        pytest.param({}, Verdict.SEND, id="nothing against it"),
        pytest.param({"useless_after": NOW}, Verdict.TOO_LATE, id="useless from now on"),
        pytest.param({"useless_after": NOW + timedelta(seconds=1)}, Verdict.SEND, id="just useful"),
        pytest.param({"has_consent": False}, Verdict.NO_CONSENT, id="consent withdrawn"),
        pytest.param(
            {"has_consent": False, "needs_consent": False}, Verdict.SEND, id="an answer needs none"
        ),
        pytest.param({"do_not_contact": True}, Verdict.DO_NOT_CONTACT, id="do not contact"),
        pytest.param(
            {"do_not_contact": True, "needs_consent": False},
            Verdict.SEND,
            id="an answer to what the person did",
        ),
        pytest.param({"address_state": "stopped"}, Verdict.STOPPED, id="stopped number"),
        pytest.param(
            {"address_state": "stopped", "needs_consent": False},
            Verdict.STOPPED,
            id="a stopped number gets no answers either",
        ),
        pytest.param({"address_state": "wrong"}, Verdict.WRONG, id="wrong number"),
        pytest.param({"address_state": None}, Verdict.NO_ADDRESS, id="no address"),
        pytest.param({"needs_consent": None}, Verdict.PURPOSE_GONE, id="undeclared purpose"),
        pytest.param(
            {"channel": "letter", "protected": True}, Verdict.PROTECTED, id="protected address"
        ),
        pytest.param({"protected": True}, Verdict.SEND, id="protected, by SMS"),
        pytest.param({"is_closed": True, "needs_consent": False}, Verdict.CLOSED, id="has died"),
        pytest.param({"is_called_off": True}, Verdict.CALLED_OFF, id="stopped announcement"),
        pytest.param(
            {"channel": "voice"}, Verdict.NO_AUTOMATIC_CALLS, id="no machine calls, unless agreed"
        ),
        pytest.param(
            {"channel": "voice", "takes_automatic_calls": True}, Verdict.SEND, id="agreed to calls"
        ),
        pytest.param({"channel": "call"}, Verdict.BY_A_PERSON, id="a colleague calls"),
        pytest.param(
            {"channel": "call", "address_state": "stopped"}, Verdict.STOPPED, id="nobody calls"
        ),
        pytest.param(
            {"not_before": NOW + timedelta(hours=1)}, Verdict.POSTPONE, id="not at this hour"
        ),
        pytest.param({"not_before": NOW}, Verdict.SEND, id="at this very hour"),
        pytest.param(
            {
                "not_before": NOW + timedelta(hours=1),
                "useless_after": NOW + timedelta(minutes=59),
            },
            Verdict.TOO_LATE,
            id="useless when its hour comes",
        ),
    ],
)
def test_a_message_is_judged_by_what_holds_at_this_moment(changes, verdict):
    assert judge(replace(FINE, **changes), now=NOW) is verdict
