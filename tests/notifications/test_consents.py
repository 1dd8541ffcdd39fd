from datetime import timedelta

import pytest

from notifications.actions import consents
from notifications.models import Consent
from notifications.purposes import UnknownPurpose

WORDING = "教室のお知らせを受け取ることに同意します。"


def agree(contact, now, **changes):
    values = {"purpose": "class-news", "how": Consent.How.WEB, "wording": WORDING, "now": now}
    return consents.give(contact=contact, **{**values, **changes})


def test_a_yes_records_when_how_by_whom_and_to_which_wording(linh, now, staff):
    consent = agree(linh, now, how=Consent.How.PHONE, by=staff("desk"))

    consent.refresh_from_db()
    assert (consent.given_at, consent.how, consent.wording) == (now, "phone", WORDING)
    assert consent.by == staff("desk")
    assert linh.has_consent("class-news")
    assert not linh.has_consent("renewal-reminder")


def test_a_second_yes_leaves_the_first_one_standing(linh, now):
    first = agree(linh, now)

    assert agree(linh, now + timedelta(days=1), wording="別の文") == first
    assert Consent.objects.get().wording == WORDING


def test_a_withdrawn_yes_is_kept_and_a_new_one_can_be_given(linh, now):
    agree(linh, now)
    later = now + timedelta(days=1)

    consents.withdraw(contact=linh, purpose="class-news", now=later)
    assert not linh.has_consent("class-news")
    assert Consent.objects.get().withdrawn_at == later

    agree(linh, later)
    assert linh.has_consent("class-news")
    assert Consent.objects.count() == 2


def test_withdrawing_what_was_never_given_changes_nothing(linh, now):
    agree(linh, now)

    consents.withdraw(contact=linh, purpose="renewal-reminder", now=now)

    assert linh.has_consent("class-news")


def test_a_yes_to_a_purpose_nobody_declares_is_refused(linh, now):
    with pytest.raises(UnknownPurpose, match="NOTIFICATION_PURPOSES"):
        agree(linh, now, purpose="lottery")
