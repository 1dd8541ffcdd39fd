"""Wishes of a person, and what a colleague notes about a number."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from notifications.actions import wishes
from notifications.actions.wishes import ReasonMissing
from notifications.models import Contact, PointEvent

PERSONAL_NUMBER = "123456789018"


def wish(contact, **changes):
    values = {"language": "en", "channel_order": ["email", "sms"], "do_not_contact": False}
    return wishes.change(contact=contact, **{**values, **changes})


@pytest.fixture
def point(linh):
    return linh.points.get()


def test_language_channels_and_silence_are_stored(linh):
    wish(linh, do_not_contact=True)

    linh.refresh_from_db()
    assert (linh.language, linh.channel_order) == ("en", ["email", "sms"])
    assert linh.do_not_contact


def test_who_is_not_asked_about_silence_does_not_end_it(linh):
    # Read before a colleague noted the wish for silence, and stored after it.
    read_before = Contact.objects.get(pk=linh.pk)
    wish(linh, do_not_contact=True)

    wish(read_before, do_not_contact=None)

    linh.refresh_from_db()
    assert linh.do_not_contact


def test_repeated_and_unknown_channels_are_left_out(linh):
    wish(linh, channel_order=["call", "pigeon", "call", "sms"])

    linh.refresh_from_db()
    assert linh.channel_order == ["call", "sms"]


@pytest.mark.parametrize(
    ("was", "asked", "becomes"),
    [(True, None, True), (False, None, False), (False, True, True), (True, False, False)],
    ids=["left protected", "left open", "protected now", "open now"],
)
def test_protection_changes_only_where_it_was_answered(linh, was, asked, becomes):
    linh.protected = was
    linh.save()

    wish(linh, protected=asked)

    linh.refresh_from_db()
    assert linh.protected is becomes


def test_a_wrong_number_is_not_used_and_says_who_noted_it(linh, point, staff, now):
    wishes.mark_wrong(point=point, by=staff("desk"), now=now)

    assert not linh.usable_points().exists()
    event = PointEvent.objects.get()
    assert (event.state, event.by, event.at) == ("wrong", staff("desk"), now)


def test_a_number_comes_back_for_a_reason(linh, point, staff, now):
    wishes.mark_wrong(point=point, by=staff("desk"), now=now)

    wishes.mark_usable(point=point, by=staff("desk"), now=now, reason="本人から電話")

    assert linh.usable_points().exists()
    assert PointEvent.objects.latest("pk").reason == "本人から電話"


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [("  ", ReasonMissing), (f"番号 {PERSONAL_NUMBER}", ValidationError)],
    ids=["no reason", "a card number"],
)
def test_without_a_reason_that_can_be_kept_it_does_not(linh, point, staff, now, reason, refusal):
    wishes.mark_wrong(point=point, by=staff("desk"), now=now)

    with pytest.raises(refusal):
        wishes.mark_usable(point=point, by=staff("desk"), now=now, reason=reason)

    assert not linh.usable_points().exists()
    assert PointEvent.objects.count() == 1


def test_the_database_keeps_no_return_without_a_reason(point, staff, now):
    with pytest.raises(IntegrityError, match="point_event_usable_for_a_reason"):
        PointEvent.objects.create(point=point, state="usable", at=now, by=staff("desk"))
