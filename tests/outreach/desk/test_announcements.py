from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from notifications.models import Announcement
from outreach.desk.actions import announcements
from outreach.desk.actions.announcements import (
    AlreadyOnItsWay,
    ChangedMeanwhile,
    NobodyToTell,
    NotYours,
    Written,
    fingerprint,
)
from outreach.desk.rules.audiences import Audience
from tests.cast import HARU, LI_NA, LINH


@pytest.fixture
def ceiling(settings):
    """Two people may be told without asking a colleague."""
    settings.ANNOUNCEMENT_APPROVAL_ABOVE = 2


@pytest.fixture
def waiting(ceiling, subscriber, draft, present):
    """An announcement to three people, written by the desk, that waits for a colleague."""
    for one in (HARU, LINH, LI_NA):
        subscriber(one)
    return submit(draft(), present)


def submit(announcement, now, **changes):
    return announcements.submit(
        announcement=announcement, seen=fingerprint(announcement), now=now, **changes
    )


def approve(announcement, by, now):
    return announcements.approve(
        announcement=announcement, seen=fingerprint(announcement), by=by, now=now
    )


def test_up_to_the_ceiling_nobody_else_is_asked(ceiling, subscriber, draft, present):
    subscriber(HARU)
    subscriber(LINH)

    sent = submit(draft(), present)

    assert (sent.state, sent.expected, sent.send_at) == ("scheduled", 2, present)


def test_above_the_ceiling_it_waits_for_a_second_person(waiting, staff, present):
    assert waiting.state == "waiting"

    allowed = approve(waiting, staff("admin"), present)

    assert (allowed.state, allowed.approved_by) == ("scheduled", staff("admin"))


def test_who_wrote_it_cannot_allow_it(waiting, staff, present):
    with pytest.raises(NotYours):
        approve(waiting, staff("desk"), present)

    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def test_who_changed_it_cannot_allow_it_either(waiting, staff, present):
    changed = announcements.describe(
        announcement=waiting, audience=Audience(born_to=2020), by=staff("admin")
    )
    announcements.describe(announcement=changed, audience=Audience(), by=staff("admin"))
    again = submit(Announcement.objects.get(), present)

    with pytest.raises(NotYours):
        approve(again, staff("admin"), present)


def test_the_database_knows_no_approval_by_a_writer(waiting, staff, present):
    approved = {"approved_at": present}
    rows = Announcement.objects.filter(pk=waiting.pk)

    with pytest.raises(IntegrityError, match="approved_by_another"), transaction.atomic():
        rows.update(approved_by=waiting.created_by, **approved)
    with pytest.raises(IntegrityError, match="approved_by_no_writer"), transaction.atomic():
        rows.update(approved_by=staff("admin"), changed_by=staff("admin"), **approved)
    with pytest.raises(IntegrityError, match="approval_is_dated"), transaction.atomic():
        rows.update(approved_by=staff("admin"))


@pytest.mark.parametrize("change", ["words", "audience"])
def test_a_change_takes_the_approval_away(waiting, staff, present, change):
    approve(waiting, staff("admin"), present)

    if change == "words":
        announcements.write(
            announcement=waiting,
            title=waiting.title,
            purpose=waiting.purpose,
            texts=[Written("ja", "別の文", "別", "別")],
            useless_after=None,
            by=staff("desk"),
        )
    else:
        announcements.describe(
            announcement=waiting, audience=Audience(languages=("ja",)), by=staff("desk")
        )

    waiting.refresh_from_db()
    assert (waiting.state, waiting.approved_by, waiting.approved_at) == ("draft", None, None)


def test_nobody_allows_what_they_have_not_seen(waiting, staff, present):
    seen = fingerprint(waiting)
    waiting.texts.update(short="すり替えられた文")

    with pytest.raises(ChangedMeanwhile):
        announcements.approve(announcement=waiting, seen=seen, by=staff("admin"), now=present)


def test_nobody_sends_what_they_have_not_seen(subscriber, draft, present):
    subscriber(HARU)
    announcement = draft()
    seen = fingerprint(announcement)
    announcement.texts.update(short="すり替えられた文")

    with pytest.raises(ChangedMeanwhile):
        announcements.submit(announcement=announcement, seen=seen, now=present)


def test_an_announcement_that_reaches_nobody_is_not_sent(draft, present):
    with pytest.raises(NobodyToTell):
        submit(draft(), present)


def test_it_can_be_planned_and_taken_back(subscriber, draft, staff, present):
    subscriber(HARU)
    planned = submit(draft(), present, send_at=present + timedelta(days=2))
    assert planned.send_at == present + timedelta(days=2)

    announcements.withdraw(announcement=planned, by=staff("desk"))

    planned.refresh_from_db()
    assert (planned.state, planned.send_at) == ("draft", None)


def test_what_is_on_its_way_is_not_changed(subscriber, draft, staff, send, present):
    subscriber(HARU)
    announcement = draft()
    send(announcement)

    with pytest.raises(AlreadyOnItsWay):
        announcements.describe(announcement=announcement, audience=Audience(), by=staff("desk"))
    with pytest.raises(AlreadyOnItsWay):
        submit(announcement, present)


def test_a_number_of_a_card_is_kept_nowhere(draft):
    with pytest.raises(ValidationError):
        draft(texts=[Written("ja", "123456789018", "題", "文")])

    assert not Announcement.objects.exists()


def test_a_language_that_is_emptied_is_gone(draft, staff):
    announcement = draft(texts=[Written("ja", "文", "題", "文"), Written("vi", "chữ", "", "")])

    announcements.write(
        announcement=announcement,
        title="教室",
        purpose="class-news",
        texts=[Written("ja", "文", "題", "文"), Written("vi")],
        useless_after=None,
        by=staff("desk"),
    )

    assert [text.language for text in announcement.texts.all()] == ["ja"]
