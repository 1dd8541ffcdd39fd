"""The ways to a card, and what stands in the way of each; every one with its source.

A mark says how sure a rule is: H several official sources, M one source or reasoned from one,
K general knowledge a city confirms before it goes live, G a working guess of the house.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .situations import PROXY_AGE, Event, Purpose, Situation


class Way(StrEnum):
    """How somebody gets what they want, the most convenient for who cannot come first."""

    VISIT = "visit"  # 出張申請受付
    HELP_AT_HOME = "help_at_home"  # 訪問での申請の手伝い, the card follows another way
    HAND_OVER_AT_HOME = "hand_over_at_home"
    EXPRESS = "express"  # 特急発行
    APPLY_AT_COUNTER = "apply_at_counter"  # 申請時来庁
    APPLY_AHEAD = "apply_ahead"  # 交付時来庁
    APPLY_AHEAD_PROXY = "apply_ahead_proxy"
    CERTIFICATE_AT_COUNTER = "certificate_at_counter"
    CERTIFICATE_BY_PROXY = "certificate_by_proxy"
    COLLECT_AT_COUNTER = "collect_at_counter"
    COLLECT_BY_PROXY = "collect_by_proxy"
    FACE_CARD = "face_card"  # 顔認証マイナンバーカード
    TALK = "talk"


class Bar(StrEnum):
    """Why a way is not open to somebody."""

    MOVED = "moved"
    FORWARDED = "forwarded"
    GUARDIANSHIP = "guardianship"
    NOBODY_SPEAKS = "nobody_speaks"
    NO_EVENT = "no_event"
    NO_PROXY_REASON = "no_proxy_reason"


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from, and how sure it is."""

    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class WayRule:
    """For which purposes a way exists, what closes it, and for whom alone it is worth naming."""

    purposes: frozenset[Purpose]
    bars: tuple[Bar, ...]
    basis: Basis
    is_for: Callable[[Situation], bool] = lambda situation: True


_CARD_IS_MADE = frozenset(
    {Purpose.FIRST_CARD, Purpose.CARD_RENEWAL, Purpose.REPLACEMENT, Purpose.UNSURE}
)
_ANY = frozenset(Purpose)

# Which events fit which purpose. An ordinary renewal has none; an adult's first card only these.
EVENTS: Mapping[Purpose, frozenset[Event]] = {
    Purpose.FIRST_CARD: frozenset(
        {Event.NEWBORN, Event.FROM_ABROAD, Event.NEWLY_REGISTERED, Event.RELEASED}
    ),
    Purpose.REPLACEMENT: frozenset(Event) - {Event.NEWBORN, Event.NEWLY_REGISTERED},
}


def event_fits(situation: Situation) -> bool:
    """Whether something happened within 30 days that opens express issue (総務省, 特急発行)."""
    if situation.event not in EVENTS.get(situation.purpose, ()):
        return False
    return situation.event is not Event.NEWBORN or situation.age in (None, 0)


BARS: Mapping[Bar, Callable[[Situation], bool]] = {
    Bar.MOVED: lambda situation: situation.moved_recently is True,
    Bar.FORWARDED: lambda situation: situation.mail_forwarding is True,
    Bar.GUARDIANSHIP: lambda situation: situation.has_guardian,
    Bar.NOBODY_SPEAKS: lambda situation: situation.nobody_speaks,
    Bar.NO_EVENT: lambda situation: not event_fits(situation),
    Bar.NO_PROXY_REASON: lambda situation: not situation.has_proxy_reason,
}

WAYS: Mapping[Way, WayRule] = {
    Way.VISIT: WayRule(
        _CARD_IS_MADE,
        (Bar.MOVED, Bar.FORWARDED, Bar.GUARDIANSHIP, Bar.NOBODY_SPEAKS),
        Basis("H", "出張申請受付 (総務省; 宮崎市, 弘前市, 平川市, 山県市): 本人限定受取郵便で届く"),
    ),
    Way.HELP_AT_HOME: WayRule(
        _CARD_IS_MADE,
        (Bar.NOBODY_SPEAKS,),
        Basis("G", "申請支援 with 交付時来庁 or a second visit: what is left when post is not"),
    ),
    Way.HAND_OVER_AT_HOME: WayRule(
        frozenset({Purpose.COLLECTION}),
        (Bar.NOBODY_SPEAKS,),
        Basis("G", "出張交付: the card is handed over on a visit"),
    ),
    Way.EXPRESS: WayRule(
        frozenset(EVENTS),
        (Bar.NO_EVENT, Bar.NOBODY_SPEAKS),
        Basis("H", "特急発行・交付 (総務省, 2024-12-02): within 30 days of the event, in person"),
    ),
    Way.APPLY_AT_COUNTER: WayRule(
        _CARD_IS_MADE,
        (Bar.MOVED, Bar.FORWARDED, Bar.NOBODY_SPEAKS),
        Basis("H", "申請時来庁方式 (総務省, 事務処理要領)"),
    ),
    Way.APPLY_AHEAD: WayRule(
        _CARD_IS_MADE,
        (Bar.NOBODY_SPEAKS,),
        Basis("H", "交付時来庁方式 (総務省): by post, smartphone, PC or photo booth"),
    ),
    Way.APPLY_AHEAD_PROXY: WayRule(
        _CARD_IS_MADE,
        (Bar.NO_PROXY_REASON, Bar.NOBODY_SPEAKS),
        Basis("H", "代理人への交付 (総務省, 事務処理要領)"),
    ),
    Way.CERTIFICATE_AT_COUNTER: WayRule(
        frozenset({Purpose.CERTIFICATE_RENEWAL}),
        (Bar.NOBODY_SPEAKS,),
        Basis("H", "公的個人認証法: at the counter, the same day, free"),
    ),
    Way.CERTIFICATE_BY_PROXY: WayRule(
        frozenset({Purpose.CERTIFICATE_RENEWAL}),
        (Bar.NOBODY_SPEAKS,),
        Basis("K", "照会書兼回答書 in a sealed envelope, brought by another"),
    ),
    Way.COLLECT_AT_COUNTER: WayRule(
        frozenset({Purpose.COLLECTION}),
        (Bar.NOBODY_SPEAKS,),
        Basis("H", "交付時来庁方式 (総務省)"),
    ),
    Way.COLLECT_BY_PROXY: WayRule(
        frozenset({Purpose.COLLECTION}),
        (Bar.NO_PROXY_REASON, Bar.NOBODY_SPEAKS),
        Basis("H", "代理人への交付 (総務省, 事務処理要領)"),
    ),
    Way.FACE_CARD: WayRule(
        _ANY - {Purpose.CERTIFICATE_RENEWAL},
        (Bar.NOBODY_SPEAKS,),
        Basis("H", "顔認証マイナンバーカード (総務省, 2023-12-15): no PIN, insurance and ID only"),
        is_for=lambda situation: (
            situation.pin_is_hard
            or situation.is_away
            or (situation.age is not None and situation.age >= PROXY_AGE)
        ),
    ),
    Way.TALK: WayRule(_ANY, (), Basis("G", "nobody is turned away: the city looks for a way")),
}
