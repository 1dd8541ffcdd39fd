"""One form: the person, the seat and the wish to hear of new classes, all or nothing."""

from uuid import uuid4

import pytest

from notifications.models import Contact
from notifications.rules.phones import parse_phone
from outreach.classes.actions import sign_ups
from outreach.classes.actions.registrations import AlreadyRegistered, SessionFull
from outreach.classes.models import ClassSession, Registration
from outreach.people.models import Person
from tests.cast import AKIKO, GRANDSON, LINH

pytestmark = pytest.mark.django_db

WORDING = "新しい教室のお知らせを受け取ります。"


@pytest.fixture
def session(make_session):
    return make_session(capacity=2)


@pytest.fixture
def sign_up(session, now):
    def take(character, **changes):
        values = {
            "session": session,
            "submission": uuid4(),
            "name": character.name,
            "kana": character.kana,
            "phone": parse_phone(character.phone),
            "language": character.language,
            "how": "web",
            "now": now,
        }
        return sign_ups.take(**{**values, **changes})

    return take


def test_a_form_makes_the_person_and_the_seat(sign_up, session):
    registration = sign_up(LINH)
    assert registration.person.name == LINH.name
    assert registration.person.contact.language == "vi"
    session.refresh_from_db()
    assert session.seats_taken == 1


def test_a_wish_for_news_is_kept_with_its_wording(sign_up, now):
    contact = sign_up(AKIKO, news_wording=WORDING).person.contact
    consent = contact.consents.get(purpose="class-news")
    assert (consent.wording, consent.how, consent.given_at) == (WORDING, "web", now)


def test_no_wish_is_no_consent(sign_up):
    assert not sign_up(AKIKO).person.contact.has_consent("class-news")


def test_a_double_click_is_one_person_and_one_seat(sign_up):
    submission = uuid4()
    assert sign_up(LINH, submission=submission) == sign_up(LINH, submission=submission)
    assert Person.objects.count() == 1


def test_going_back_to_register_the_grandson_is_a_second_seat(sign_up, session):
    submission = uuid4()
    first = sign_up(AKIKO, submission=submission)
    second = sign_up(GRANDSON, submission=submission)
    assert first.person != second.person
    session.refresh_from_db()
    assert session.seats_taken == 2


@pytest.mark.parametrize(
    "again",
    [
        pytest.param({"language": "en"}, id="on the web"),
        pytest.param({"email": "new@example.com", "how": "phone"}, id="on the telephone"),
    ],
)
def test_the_same_person_again_changes_nothing_about_them(sign_up, again, staff):
    sign_up(LINH)
    with pytest.raises(AlreadyRegistered):
        sign_up(LINH, **again, by=staff("desk") if "how" in again else None)
    contact = Contact.objects.get()
    assert contact.language == "vi"
    assert not contact.points.filter(kind="email").exists()


def test_who_finds_the_class_full_is_not_kept_on_record(sign_up, session):
    ClassSession.objects.filter(pk=session.pk).update(seats_taken=2)
    with pytest.raises(SessionFull):
        sign_up(LINH, news_wording=WORDING)
    assert not Person.objects.exists()
    assert not Contact.objects.exists()
    assert not Registration.objects.exists()
