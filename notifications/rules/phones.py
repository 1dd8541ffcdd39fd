"""Read a phone number however it is written, and say what kind of line it reaches.

Source: 総務省 電気通信番号計画. Only the shape is checked, not whether a block has been assigned:
new blocks are opened before any library knows them.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

JAPAN = 81


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for makemessages and return it unchanged: the rules know no language."""
    return sentence


class PhoneKind(StrEnum):
    """What kind of line a number reaches."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    IP = "ip"
    TOLL_FREE = "toll_free"
    FOREIGN = "foreign"


class PhoneFault(StrEnum):
    """What is wrong with a written number, each with the sentence that says so."""

    EMPTY = gettext_noop("No phone number was given. Write one, for example 0186-30-0203.")
    UNREADABLE = gettext_noop(
        "This is not a phone number we can read. Write one number with digits only, "
        "for example 0186-30-0203 or 090-1234-5678."
    )
    NO_AREA_CODE = gettext_noop(
        "The number does not begin with 0. Write it with its area code, for example 0186-30-0203; "
        "a number abroad begins with + and the country code."
    )
    WRONG_LENGTH = gettext_noop(
        "The number has too few or too many digits. Compare it with the note and write it again."
    )


class PhoneNotUnderstood(ValueError):
    """A written phone number cannot be read; `fault` says why. The text is never repeated."""

    def __init__(self, fault: PhoneFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as machines dial it (E.164), its kind, and as people at home read it."""

    e164: str
    kind: PhoneKind
    national: str

    @property
    def can_receive_sms(self) -> bool:
        """Only Japanese mobiles: what domestic senders reach for certain."""
        return self.kind is PhoneKind.MOBILE


# Order matters: 0800 is toll free although it begins like 080, whose next digit is never 0.
_SHAPES = (
    (re.compile(r"0120[0-9]{6}|0800[0-9]{7}"), PhoneKind.TOLL_FREE),
    (re.compile(r"0[6-9]0[0-9]{8}"), PhoneKind.MOBILE),
    (re.compile(r"050[0-9]{8}"), PhoneKind.IP),
    # 0570 and the like are ten digits too: voice only, which is what a landline means here.
    # 050 to 090 with ten digits is a mobile or IP number that lost a digit.
    (re.compile(r"0(?![5-9]0)[1-9][0-9]{8}"), PhoneKind.LANDLINE),
)

_LABEL = re.compile(
    r"(?:telephone|tel|phone|mobile|(?:携帯)?電話(?:番号)?|携帯|☎️?|📞)\s*[.:]?\s*", re.IGNORECASE
)
_ORNAMENT = re.compile(
    r"[\s\-.()\[\]〔〕【】「」‐-―⁃−─━ー・·\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def parse_phone(text: str) -> Phone:
    """Read one phone number in any way of writing. Raises PhoneNotUnderstood."""
    plain = _plain(text)
    if not plain:
        raise PhoneNotUnderstood(PhoneFault.EMPTY)
    if not re.fullmatch(r"\+?[0-9]+", plain):
        raise PhoneNotUnderstood(PhoneFault.UNREADABLE)
    if plain.startswith("+"):
        return _parse_foreign(plain)
    return _parse_japanese(plain)


def line_of(e164: str) -> PhoneKind | None:
    """What kind of line a number on record reaches; None for what is no number.

    For the numbers of a whole town at once: unlike `parse_phone` it writes none of them out.
    """
    if e164.startswith(f"+{JAPAN}"):
        digits = "0" + e164[3:]
        return next((kind for shape, kind in _SHAPES if shape.fullmatch(digits)), None)
    try:
        return parse_phone(e164).kind
    except PhoneNotUnderstood:
        return None


def _plain(text: str) -> str:
    """Digits with perhaps a leading plus; Japanese numbers in their national form."""
    written = unicodedata.normalize("NFKC", text).strip()
    if label := _LABEL.match(written):
        written = written[label.end() :]
    plain = _ORNAMENT.sub("", written)
    # 0081 is how callers abroad dial Japan; no Japanese number begins with it.
    if plain.startswith("0081"):
        plain = "+" + plain[2:]
    if plain.startswith("+81"):
        # The zero in +81 (0)90… is a frequent slip.
        plain = "0" + plain[3:].removeprefix("0")
    return plain


def _parse_japanese(digits: str) -> Phone:
    if not digits.startswith("0"):
        raise PhoneNotUnderstood(PhoneFault.NO_AREA_CODE)
    for shape, kind in _SHAPES:
        if shape.fullmatch(digits):
            return Phone(e164=f"+{JAPAN}{digits[1:]}", kind=kind, national=_national(digits, kind))
    raise PhoneNotUnderstood(PhoneFault.WRONG_LENGTH)


def _national(digits: str, kind: PhoneKind) -> str:
    if kind is PhoneKind.MOBILE:
        # Not left to the library, whose tables know assigned blocks only.
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    number = phonenumbers.PhoneNumber(country_code=JAPAN, national_number=int(digits))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def _parse_foreign(plain: str) -> Phone:
    try:
        number = phonenumbers.parse(plain, None)
    except phonenumbers.NumberParseException:
        raise PhoneNotUnderstood(PhoneFault.UNREADABLE) from None
    if not phonenumbers.is_possible_number(number):
        raise PhoneNotUnderstood(PhoneFault.WRONG_LENGTH)
    formats = phonenumbers.PhoneNumberFormat
    return Phone(
        e164=phonenumbers.format_number(number, formats.E164),
        kind=PhoneKind.FOREIGN,
        national=phonenumbers.format_number(number, formats.INTERNATIONAL),
    )
