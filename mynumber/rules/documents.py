"""Which documents somebody needs, by situation and way; every one with its source.

What a mark means stands in `ways`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .situations import PROXY_AGE, Event, Identity, Purpose, Situation
from .ways import Basis, Way


class Document(StrEnum):
    """What has to be ready."""

    ONE_WITH_PHOTO = "one_with_photo"
    TWO_WITH_PHOTO = "two_with_photo"
    PHOTO_AND_OTHER = "photo_and_other"
    TWO_WITHOUT_PHOTO = "two_without_photo"
    ANY_IDENTITY = "any_identity"
    RESIDENCE_CARD = "residence_card"
    OLD_CARD = "old_card"
    NOTIFICATION_CARD = "notification_card"
    APPLICATION_FORM = "application_form"
    PHOTO = "photo"
    COLLECTION_NOTICE = "collection_notice"
    PINS = "pins"
    ENQUIRY_LETTER = "enquiry_letter"
    LEGAL_REPRESENTATIVE = "legal_representative"
    FAMILY_REGISTER = "family_register"
    GUARDIAN_REGISTER = "guardian_register"
    PROXY_IDENTITY = "proxy_identity"
    PROOF_OF_REASON = "proof_of_reason"
    PHOTO_CERTIFICATE = "photo_certificate"
    LOSS_REPORT = "loss_report"
    FEE_NEW_CARD = "fee_new_card"
    FEE_EXPRESS = "fee_express"
    AT_HAND = "at_hand"


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """On which ways a document is asked for, and of whom."""

    ways: frozenset[Way]
    is_for: Callable[[Situation], bool]
    basis: Basis


_TALK = frozenset({Way.TALK})
_DONE_IN_PERSON = frozenset(Way) - _TALK
_BY_PROXY = frozenset({Way.APPLY_AHEAD_PROXY, Way.COLLECT_BY_PROXY, Way.CERTIFICATE_BY_PROXY})
_COLLECTED = frozenset({Way.HAND_OVER_AT_HOME, Way.COLLECT_AT_COUNTER, Way.COLLECT_BY_PROXY})
_SENT_IN = frozenset({Way.APPLY_AHEAD, Way.APPLY_AHEAD_PROXY})
_IDENTITY = Basis(
    "H", "本人確認書類 A×1 (PIN by the person), A×2, A+B (番号法施行規則, 事務処理要領)"
)


def _has(identity: Identity) -> Callable[[Situation], bool]:
    return lambda situation: situation.identity is identity


# In the order in which people gather them.
DOCUMENTS: Mapping[Document, DocumentRule] = {
    Document.ONE_WITH_PHOTO: DocumentRule(
        _DONE_IN_PERSON, _has(Identity.ONE_WITH_PHOTO), _IDENTITY
    ),
    Document.TWO_WITH_PHOTO: DocumentRule(
        _DONE_IN_PERSON, _has(Identity.TWO_WITH_PHOTO), _IDENTITY
    ),
    Document.PHOTO_AND_OTHER: DocumentRule(
        _DONE_IN_PERSON, _has(Identity.PHOTO_AND_OTHER), _IDENTITY
    ),
    Document.TWO_WITHOUT_PHOTO: DocumentRule(
        _DONE_IN_PERSON,
        _has(Identity.NO_PHOTO),
        Basis("H", "通知カード and B×2 (事務処理要領)"),
    ),
    Document.ANY_IDENTITY: DocumentRule(_DONE_IN_PERSON, _has(Identity.UNKNOWN), _IDENTITY),
    Document.PHOTO_CERTIFICATE: DocumentRule(
        _BY_PROXY - {Way.CERTIFICATE_BY_PROXY},
        _has(Identity.NO_PHOTO),
        Basis(
            "H", "顔写真証明書, by the head of a facility or hospital or a care manager's office"
        ),
    ),
    Document.RESIDENCE_CARD: DocumentRule(
        _DONE_IN_PERSON,
        lambda situation: situation.has_period_of_stay,
        Basis("H", "card and certificates end with the period of stay (番号法施行規則)"),
    ),
    Document.OLD_CARD: DocumentRule(
        _DONE_IN_PERSON,
        lambda situation: (
            situation.purpose in (Purpose.CARD_RENEWAL, Purpose.CERTIFICATE_RENEWAL)
            or (situation.purpose is Purpose.REPLACEMENT and situation.event is not Event.LOST)
        ),
        Basis("H", "a new card is free against the old one (総務省)"),
    ),
    Document.NOTIFICATION_CARD: DocumentRule(
        _DONE_IN_PERSON,
        lambda situation: (
            situation.purpose in (Purpose.FIRST_CARD, Purpose.UNSURE)
            or situation.identity is Identity.NO_PHOTO
        ),
        Basis("M", "通知カード is given back for a first card, and counts beside B×2"),
    ),
    Document.APPLICATION_FORM: DocumentRule(
        _SENT_IN | {Way.VISIT, Way.HELP_AT_HOME},
        lambda situation: True,
        Basis("M", "交付申請書 with QR code, if it is there"),
    ),
    Document.PHOTO: DocumentRule(
        _SENT_IN,
        lambda situation: not situation.is_infant,
        Basis("H", "顔写真 of the last six months; none under the age of one (総務省)"),
    ),
    Document.COLLECTION_NOTICE: DocumentRule(
        _COLLECTED, lambda situation: True, Basis("M", "交付通知書 (はがき)")
    ),
    Document.PINS: DocumentRule(
        frozenset({Way.CERTIFICATE_AT_COUNTER}),
        lambda situation: True,
        Basis("H", "the PINs are entered by the person alone (公的個人認証法)"),
    ),
    Document.ENQUIRY_LETTER: DocumentRule(
        frozenset({Way.CERTIFICATE_BY_PROXY}),
        lambda situation: True,
        Basis("K", "照会書兼回答書, sealed by the person"),
    ),
    Document.LEGAL_REPRESENTATIVE: DocumentRule(
        frozenset(Way),
        lambda situation: situation.is_under_15 or situation.has_guardian,
        Basis("H", "法定代理人 comes along with ID (番号法施行規則)"),
    ),
    Document.FAMILY_REGISTER: DocumentRule(
        _DONE_IN_PERSON,
        lambda situation: situation.is_under_15,
        Basis("K", "戸籍謄本, unless the household or the family's seat shows it"),
    ),
    Document.GUARDIAN_REGISTER: DocumentRule(
        _DONE_IN_PERSON,
        lambda situation: situation.has_guardian,
        Basis("K", "登記事項証明書 (後見登記等に関する法律)"),
    ),
    Document.PROXY_IDENTITY: DocumentRule(
        _BY_PROXY,
        lambda situation: True,
        Basis("H", "代理人の本人確認書類と代理権の証明 (事務処理要領)"),
    ),
    Document.PROOF_OF_REASON: DocumentRule(
        _BY_PROXY - {Way.CERTIFICATE_BY_PROXY},
        lambda situation: (
            not (
                situation.is_under_15
                or situation.has_guardian
                or (situation.age is not None and situation.age >= PROXY_AGE)
            )
        ),
        Basis("M", "疎明資料: 入所, 入院, 在学 … (事務処理要領)"),
    ),
    Document.LOSS_REPORT: DocumentRule(
        _DONE_IN_PERSON,
        lambda situation: (
            situation.purpose is Purpose.REPLACEMENT and situation.event in (None, Event.LOST)
        ),
        Basis("K", "遺失届の受理番号, when the card was lost outside"),
    ),
    Document.FEE_NEW_CARD: DocumentRule(
        _DONE_IN_PERSON - {Way.EXPRESS},
        lambda situation: situation.purpose is Purpose.REPLACEMENT,
        Basis("H", "¥1,000 for a card that was lost (総務省)"),
    ),
    Document.FEE_EXPRESS: DocumentRule(
        frozenset({Way.EXPRESS}),
        lambda situation: situation.purpose is Purpose.REPLACEMENT,
        Basis("H", "¥2,000 for express issue (総務省)"),
    ),
    Document.AT_HAND: DocumentRule(
        _TALK, lambda situation: True, Basis("G", "whoever has it at hand is helped in one call")
    ),
}
