from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from notifications.models import Announcement, Message
from notifications.rules.announcement_texts import sms_faults
from outreach.classes.models import ClassSession
from outreach.desk.actions import class_news
from outreach.desk.actions.class_news import NothingToAnnounce
from outreach.desk.audiences import recipients
from tests.cast import AKIKO, GRANDSON, HARU, LI_NA, LINH


@pytest.fixture
def announce(staff, send, present):
    """Prepare and send news of a class, as the desk does."""

    def prepare_and_send(session, now=present):
        return send(class_news.prepare(session=session, by=staff("desk"), now=now), now=now)

    return prepare_and_send


def told() -> set[str]:
    return {message.contact.name for message in Message.objects.filter(purpose="class-news")}


# The worker's transactions are its own.
pytestmark = pytest.mark.django_db(transaction=True)


def test_news_go_to_those_who_agreed_and_to_nobody_else(subscriber, person_of, session, announce):
    subscriber(HARU)
    subscriber(LI_NA)
    person_of(AKIKO)

    assert announce(session) == 2
    assert told() == {HARU.name, LI_NA.name}


def test_each_is_told_in_their_language_by_their_channel(subscriber, session, announce):
    subscriber(HARU)
    subscriber(LI_NA)

    announce(session)

    ways = Message.objects.order_by("channel").values_list("channel", "language")
    assert list(ways) == [("call", "ja"), ("sms", "zh-hans")]


def test_the_words_are_there_in_every_language_and_pass_the_check(session, staff, present):
    draft = class_news.prepare(session=session, by=staff("desk"), now=present)

    texts = {text.language: text for text in draft.texts.all()}
    assert set(texts) == {code for code, _name in settings.LANGUAGES}
    for text in texts.values():
        assert text.subject
        assert text.long
        assert (
            sms_faults(
                text.short,
                filled=text.short,
                language=text.language,
                city_phone=settings.CITY_PHONE,
            )
            == []
        )


def test_who_is_registered_already_is_not_told(subscriber, registration, session, announce):
    subscriber(LINH)
    subscriber(LI_NA)

    announce(session)

    assert told() == {LI_NA.name}


def test_a_class_is_told_of_once_however_often_it_is_announced(
    subscriber, session, announce, present
):
    akiko, _ = subscriber(AKIKO), subscriber(GRANDSON)
    subscriber(HARU)
    akiko.contact.points.filter(kind="email").delete()
    announce(session)
    Message.objects.update(state="sent", sent_at=present)
    subscriber(LI_NA)

    announce(session, now=present + timedelta(days=2))

    assert Message.objects.count() == 3
    assert told() >= {LI_NA.name, HARU.name}


def test_preparing_twice_is_one_draft(session, staff, present):
    first = class_news.prepare(session=session, by=staff("desk"), now=present)
    second = class_news.prepare(session=session, by=staff("desk"), now=present)

    assert first == second
    assert Announcement.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"state": ClassSession.State.CALLED_OFF}, id="called off"),
        pytest.param({"seats_taken": 10}, id="full"),
    ],
)
def test_a_class_nobody_can_join_is_not_prepared(session, staff, present, change):
    ClassSession.objects.update(**change)
    session.refresh_from_db()

    with pytest.raises(NothingToAnnounce):
        class_news.prepare(session=session, by=staff("desk"), now=present)

    assert not Announcement.objects.exists()


def test_news_are_useless_once_the_class_begins(subscriber, session, announce):
    subscriber(HARU)

    announce(session)

    assert Message.objects.get().useless_after == session.starts_at


def test_who_cannot_be_reached_is_not_counted(subscriber, session, staff, present):
    person = subscriber(HARU)
    person.contact.points.update(state="wrong")
    draft = class_news.prepare(session=session, by=staff("desk"), now=present)

    assert list(recipients(draft, now=present)) == []


def test_the_button_leads_to_the_check_and_sends_nothing(log_in, subscriber, session):
    subscriber(HARU)
    client = log_in("desk")
    address = reverse("desk_staff:announce", args=[session.pk])
    assert client.get(address).status_code == 200
    assert not Announcement.objects.exists()

    page = client.post(address, follow=True)

    draft = Announcement.objects.get()
    assert page.redirect_chain[0][0] == reverse("desk_staff:announcement_check", args=[draft.pk])
    assert not Message.objects.exists()


def test_the_screen_says_why_a_full_class_cannot_be_announced(log_in, session):
    ClassSession.objects.update(seats_taken=10)

    response = log_in("desk").post(reverse("desk_staff:announce", args=[session.pk]))

    assert response.status_code == 409
    assert not Announcement.objects.exists()


def test_the_classes_to_announce_are_listed(log_in, session):
    page = log_in("desk").get(reverse("desk_staff:announcements")).content.decode()

    assert reverse("desk_staff:announce", args=[session.pk]) in page


def test_an_unknown_class_is_not_found(log_in):
    response = log_in("desk").get(reverse("desk_staff:announce", args=[999]), follow=True)

    assert response.status_code == 404
