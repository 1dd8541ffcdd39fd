from datetime import timedelta

import pytest
from django.urls import reverse

from notifications.actions import consents
from notifications.models import Contact, Message
from outreach.classes.models import ClassSession
from outreach.desk.actions import announcements
from outreach.desk.actions.announcements import NothingToAnnounce
from outreach.desk.audiences import class_news_audience, shares
from outreach.people.models import AccessRecord
from tests.cast import AKIKO, GRANDSON, HARU, LI_NA, LINH


@pytest.fixture
def subscriber(person_of, present):
    """Somebody of the cast who agreed to news of classes."""

    def agree(character):
        person = person_of(character)
        consents.give(
            contact=person.contact,
            purpose="class-news",
            how="web",
            wording="Tell me about new classes.",
            now=present,
        )
        return person

    return agree


def announce(session, staff, now) -> int:
    return announcements.announce(session=session, by=staff("desk"), now=now)


def told() -> set[str]:
    return {message.contact.name for message in Message.objects.filter(purpose="class-news")}


def test_news_go_to_those_who_agreed_and_to_nobody_else(
    subscriber, person_of, session, staff, present
):
    subscriber(HARU)
    subscriber(LI_NA)
    person_of(AKIKO)

    assert announce(session, staff, present) == 2
    assert told() == {HARU.name, LI_NA.name}


def test_each_is_told_in_their_language_by_their_channel(subscriber, session, staff, present):
    subscriber(HARU)
    subscriber(LI_NA)

    announce(session, staff, present)

    ways = Message.objects.order_by("channel").values_list("channel", "language")
    assert list(ways) == [("call", "ja"), ("sms", "zh-hans")]


def test_who_is_registered_already_is_not_told(subscriber, registration, session, staff, present):
    subscriber(LINH)
    subscriber(LI_NA)

    announce(session, staff, present)

    assert told() == {LI_NA.name}


def test_who_withdrew_or_wants_no_contact_is_not_told(subscriber, session, staff, present):
    withdrawn = subscriber(HARU)
    consents.withdraw(contact=withdrawn.contact, purpose="class-news", now=present)
    silent = subscriber(LI_NA)
    Contact.objects.filter(pk=silent.contact_id).update(do_not_contact=True)

    assert announce(session, staff, present) == 0
    assert told() == set()


def test_pressing_twice_sends_once(subscriber, session, staff, present):
    subscriber(HARU)

    assert announce(session, staff, present) == 1
    assert announce(session, staff, present) == 0
    assert Message.objects.filter(purpose="class-news").count() == 1


def test_a_shared_telephone_hears_of_a_class_once(subscriber, session, staff, present):
    akiko, _ = subscriber(AKIKO), subscriber(GRANDSON)
    akiko.contact.points.filter(kind="email").delete()

    announce(session, staff, present)
    announce(session, staff, present + timedelta(days=2))

    assert Message.objects.filter(purpose="class-news").count() == 1


@pytest.mark.parametrize(
    ("hours", "count"), [pytest.param(23, 1, id="within a day"), pytest.param(25, 2, id="after it")]
)
def test_a_number_gets_one_announcement_a_day(
    subscriber, make_session, session, staff, present, hours, count
):
    subscriber(HARU)
    other = make_session(
        starts_at=present + timedelta(days=30), ends_at=present + timedelta(days=30, hours=1)
    )

    announce(session, staff, present)
    announce(other, staff, present + timedelta(hours=hours))

    assert Message.objects.filter(purpose="class-news").count() == count


def test_who_cannot_be_reached_is_not_counted(subscriber, session, present):
    person = subscriber(HARU)
    person.contact.points.update(state="wrong")

    assert class_news_audience(session=session, now=present) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"state": ClassSession.State.CALLED_OFF}, id="called off"),
        pytest.param({"seats_taken": 10}, id="full"),
    ],
)
def test_a_class_nobody_can_join_is_not_announced(subscriber, session, staff, present, change):
    subscriber(HARU)
    ClassSession.objects.update(**change)
    session.refresh_from_db()

    with pytest.raises(NothingToAnnounce):
        announce(session, staff, present)

    assert told() == set()


def test_news_are_useless_once_the_class_begins(subscriber, session, staff, present):
    subscriber(HARU)

    announce(session, staff, present)

    assert Message.objects.get().useless_after == session.starts_at


def test_who_announced_and_to_whom_is_on_record(subscriber, session, staff, present):
    person = subscriber(HARU)

    announce(session, staff, present)

    record = AccessRecord.objects.get()
    assert (record.by, record.person, record.screen) == (staff("desk"), person, "announcement")


def test_the_audience_is_read_in_few_queries(
    subscriber, session, present, django_assert_max_num_queries
):
    for character in (HARU, LI_NA, AKIKO, LINH):
        subscriber(character)

    with django_assert_max_num_queries(3):
        audience = class_news_audience(session=session, now=present)

    assert sum(share.people for share in shares(audience)) == 4


def test_the_screen_shows_who_gets_what_before_anything_is_sent(log_in, subscriber, session):
    subscriber(HARU)
    subscriber(LI_NA)

    page = log_in("desk").get(reverse("desk_staff:announce", args=[session.pk])).content.decode()

    assert 'lang="zh-Hans"' in page
    assert "スマートフォン教室のお知らせ" in page
    assert HARU.name not in page
    assert not Message.objects.exists()


def test_pressing_the_button_puts_the_messages_into_the_outbox(log_in, subscriber, session):
    subscriber(HARU)
    client = log_in("desk")
    address = reverse("desk_staff:announce", args=[session.pk])

    first = client.post(address, follow=True)
    client.post(address)

    assert first.redirect_chain[0][0] == reverse("desk_staff:announcements")
    assert Message.objects.filter(reference__startswith=f"class-news:{session.pk}:").count() == 1


def test_the_screen_says_why_a_full_class_cannot_be_announced(log_in, subscriber, session):
    subscriber(HARU)
    ClassSession.objects.update(seats_taken=10)

    response = log_in("desk").post(reverse("desk_staff:announce", args=[session.pk]))

    assert response.status_code == 409
    assert not Message.objects.exists()


def test_the_classes_to_announce_are_listed(log_in, session):
    page = log_in("desk").get(reverse("desk_staff:announcements")).content.decode()

    assert reverse("desk_staff:announce", args=[session.pk]) in page


@pytest.mark.parametrize("role", ["editor", "visitor", "manager"])
def test_other_roles_announce_nothing(log_in, subscriber, session, role):
    subscriber(HARU)
    address = reverse("desk_staff:announce", args=[session.pk])

    assert log_in(role).get(address).status_code in (302, 403)
    assert log_in(role).post(address).status_code in (302, 403)
    assert not Message.objects.exists()


def test_an_unknown_class_is_not_found(log_in, db):
    response = log_in("desk").get(reverse("desk_staff:announce", args=[999]), follow=True)

    assert response.status_code == 404
