"""What decides how somebody can get, renew or receive a card: the questions about a person.

Every answer may be missing. What is not known bars nothing; it is on the list of what to ask.
"""

from dataclasses import dataclass
from enum import StrEnum

# 番号法施行規則: under this age a legal representative applies and receives.
OWN_APPLICATION_AGE = 15
# 総務省, 代理人への交付: from this age on, and up to the end of high school, another may collect.
PROXY_AGE = 75
HIGH_SCHOOL_ENDS_AT = 18


class Purpose(StrEnum):
    """What somebody wants done."""

    FIRST_CARD = "first_card"
    CARD_RENEWAL = "card_renewal"
    CERTIFICATE_RENEWAL = "certificate_renewal"
    REPLACEMENT = "replacement"  # lost, damaged, no room left on the card
    COLLECTION = "collection"
    UNSURE = "unsure"


class Identity(StrEnum):
    """Which identity documents are at hand: A has a photo of the authorities', B has none."""

    ONE_WITH_PHOTO = "a1"
    TWO_WITH_PHOTO = "a2"
    PHOTO_AND_OTHER = "ab"
    NO_PHOTO = "b"
    UNKNOWN = ""


class Voice(StrEnum):
    """Who says what the person wants."""

    SELF = "self"
    GUARDIAN = "guardian"  # 成年後見人, 保佐人, 補助人
    NOBODY = "nobody"  # neither the person nor anybody the law names
    UNKNOWN = ""


class Staying(StrEnum):
    """Where the person lives at present."""

    HOME = "home"
    FACILITY = "facility"
    HOSPITAL = "hospital"
    ELSEWHERE = "elsewhere"
    UNKNOWN = ""


class Event(StrEnum):
    """What happened in the last 30 days and opens express issue (総務省, 特急発行)."""

    NEWBORN = "newborn"
    FROM_ABROAD = "from_abroad"
    NEWLY_REGISTERED = "newly_registered"
    LOST = "lost"
    DAMAGED = "damaged"
    NUMBER_CHANGED = "number_changed"
    REMARKS_FULL = "remarks_full"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One person and one purpose; `age` is in whole years, the lowest it can be, None not known."""

    purpose: Purpose
    age: int | None = None
    identity: Identity = Identity.UNKNOWN
    voice: Voice = Voice.UNKNOWN
    staying: Staying = Staying.UNKNOWN
    has_period_of_stay: bool = False
    moved_recently: bool | None = None  # within two months
    mail_forwarding: bool | None = None
    event: Event | None = None
    # Care level, disability, pregnancy, a long journey …: that there is one, never which.
    other_proxy_reason: bool = False
    pin_is_hard: bool = False

    @property
    def is_under_15(self) -> bool:
        return self.age is not None and self.age < OWN_APPLICATION_AGE

    @property
    def is_infant(self) -> bool:
        return self.age == 0

    @property
    def is_away(self) -> bool:
        """In a facility or a hospital."""
        return self.staying in (Staying.FACILITY, Staying.HOSPITAL)

    @property
    def has_guardian(self) -> bool:
        return self.voice is Voice.GUARDIAN and not self.is_under_15

    @property
    def nobody_speaks(self) -> bool:
        """Nobody may say yes; for a child, a parent may."""
        return self.voice is Voice.NOBODY and not self.is_under_15

    @property
    def has_proxy_reason(self) -> bool:
        """Whether another may collect. Being busy does not count (総務省, 代理人への交付)."""
        by_age = self.age is not None and (self.age >= PROXY_AGE or self.age <= HIGH_SCHOOL_ENDS_AT)
        return by_age or self.is_away or self.has_guardian or self.other_proxy_reason
