"""What somebody sees before many people are written to: who, what exactly, and for how much."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from notifications.announcement_words import NoWords, Words, longest_link
from notifications.ceilings import prices
from notifications.models import Announcement, Contact
from notifications.rules.codes import LENGTH, with_code
from notifications.rules.sms import sms_parts, utf16_units
from notifications.texts import Text
from outreach.desk.announcement_labels import LEFT_OUT_WORDS
from outreach.desk.audiences import Reached, Share, reached
from outreach.desk.message_words import CHANNEL_WORDS
from outreach.desk.rules.audiences import CHANNELS

# Stands where each SMS has four letters of its own.
CODE = "X" * LENGTH


@dataclass(frozen=True, slots=True)
class Sms:
    """An SMS exactly as it arrives, and what it costs; `units` are those of UTF-16."""

    body: str
    units: int
    parts: int
    people: int

    @property
    def yen(self) -> int:
        """For everybody who reads it, rounded up."""
        return math.ceil(self.parts * self.people * prices().sms_part)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the readers of one language get; a text that was not written comes in Japanese."""

    language: str
    sms: Sms
    long: Text
    short_language: str
    long_people: int

    @property
    def people(self) -> int:
        return self.sms.people + self.long_people

    @property
    def missing(self) -> int:
        """How many people read another language than their own."""
        return self.sms.people * (self.short_language != self.language) + self.long_people * (
            self.long.language != self.language
        )


@dataclass(frozen=True, slots=True)
class Check:
    """Everything the page shows before the button."""

    reached: Reached
    readings: list[Reading]

    @property
    def people(self) -> int:
        return self.reached.people

    @property
    def parts(self) -> int:
        return sum(reading.sms.parts * reading.sms.people for reading in self.readings)

    @property
    def yen(self) -> int:
        return math.ceil(self.parts * prices().sms_part)

    @property
    def table(self) -> list[dict[str, Any]]:
        """People by language, a column for each channel."""
        shares = {(share.language, share.channel): share.people for share in self.reached.shares}
        read = {language for language, _channel in shares}
        languages = [code for code, _name in settings.LANGUAGES if code in read]
        return [
            {"language": code, "people": counts, "total": sum(counts)}
            for code in languages
            for counts in [[shares.get((code, channel), 0) for channel in CHANNELS]]
        ]

    @property
    def channels(self) -> list[dict[str, Any]]:
        """Each channel in words, with its people."""
        return [
            {
                "word": CHANNEL_WORDS[Contact.Channel(channel)],
                "people": _people(self.reached.shares, channel),
            }
            for channel in CHANNELS
        ]

    @property
    def left_out(self) -> list[tuple[Any, int]]:
        return [(LEFT_OUT_WORDS[why], people) for why, people in self.reached.left_out.items()]


def check(announcement: Announcement, *, now: datetime) -> Check:
    """An announcement as it would go out at `now`. No text holds anybody's link."""
    found = reached(announcement, now=now)
    return Check(found, list(_readings(announcement, found.shares)))


def _readings(announcement: Announcement, shares: list[Share]) -> Iterator[Reading]:
    words = Words(announcement)
    written = set(announcement.texts.values_list("language", flat=True))
    read = {share.language for share in shares}
    for code, _name in settings.LANGUAGES:
        if code not in written | read:
            continue
        try:
            short = _with_example_link(words.without_link("short", language=code), code)
            long = _with_example_link(words.without_link("long", language=code), code)
        except NoWords:
            continue
        own = [share for share in shares if share.language == code]
        sms_people = _people(own, Contact.Channel.SMS)
        everybody = sum(share.people for share in own)
        body = with_code(short.body, CODE)
        sms = Sms(body, utf16_units(body), sms_parts(body), sms_people)
        yield Reading(code, sms, long, short.language, everybody - sms_people)


def _with_example_link(text: Text, language: str) -> Text:
    if "{my_url}" not in text.body:
        return text
    body = text.body.replace("{my_url}", longest_link(language))
    return Text(text.language, text.subject, body)


def _people(shares: Iterable[Share], channel: str) -> int:
    return sum(share.people for share in shares if share.channel == channel)
