"""Whether a message that was queued some time ago may still go out."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto


class Verdict(Enum):
    """What happens to a message whose turn has come."""

    SEND = auto()
    TOO_LATE = auto()
    CALLED_OFF = auto()
    CLOSED = auto()
    NO_CONSENT = auto()
    DO_NOT_CONTACT = auto()
    NO_AUTOMATIC_CALLS = auto()
    STOPPED = auto()
    WRONG = auto()
    PROTECTED = auto()
    NO_ADDRESS = auto()
    PURPOSE_GONE = auto()
    BY_A_PERSON = auto()
    POSTPONE = auto()


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known about a message at the moment it would be sent.

    `needs_consent` is None when nobody declares the purpose any more; `address_state` is usable,
    stopped or wrong, or None when there is no address. `is_called_off`: what it belongs to, as an
    announcement, was stopped. `is_closed`: the person has died or moved away, or is on record
    under another entry. `not_before` is the moment from which the message may go out, None when
    that is now.
    """

    useless_after: datetime | None
    needs_consent: bool | None
    has_consent: bool
    do_not_contact: bool
    protected: bool
    channel: str
    address_state: str | None
    takes_automatic_calls: bool = False
    is_called_off: bool = False
    is_closed: bool = False
    not_before: datetime | None = None


def judge(situation: Situation, *, now: datetime) -> Verdict:
    """The verdict at `now`. The first reason not to send wins; lateness comes before all.

    A message that would be useless by the time it may go out is late already.
    """
    may_go_at = max(now, situation.not_before or now)
    reasons = (
        (_useless(situation, may_go_at), Verdict.TOO_LATE),
        (situation.is_called_off, Verdict.CALLED_OFF),
        (situation.is_closed, Verdict.CLOSED),
        (situation.needs_consent is None, Verdict.PURPOSE_GONE),
        (situation.needs_consent and situation.do_not_contact, Verdict.DO_NOT_CONTACT),
        (situation.needs_consent and not situation.has_consent, Verdict.NO_CONSENT),
        (situation.address_state is None, Verdict.NO_ADDRESS),
        (situation.address_state == "stopped", Verdict.STOPPED),
        (situation.address_state == "wrong", Verdict.WRONG),
        (
            situation.channel == "voice" and not situation.takes_automatic_calls,
            Verdict.NO_AUTOMATIC_CALLS,
        ),
        (situation.channel == "letter" and situation.protected, Verdict.PROTECTED),
        (situation.channel == "call", Verdict.BY_A_PERSON),
        (may_go_at > now, Verdict.POSTPONE),
    )
    return next((verdict for holds, verdict in reasons if holds), Verdict.SEND)


def _useless(situation: Situation, at: datetime) -> bool:
    return situation.useless_after is not None and situation.useless_after <= at
