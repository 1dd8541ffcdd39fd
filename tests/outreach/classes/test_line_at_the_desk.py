"""The waiting list on the desk's screens: who waits, answers by telephone, places out of turn."""

from uuid import uuid4

import pytest
from django.utils import timezone

from notifications.actions import answers, consents
from notifications.models import Message
from outreach.classes.actions import offers, registrations
from outreach.classes.models import ClassSession, Offer
from outreach.people.models import AccessRecord
from tests.cast import AKIKO, HARU, LI_NA, LINH, STAFF

pytestmark = pytest.mark.django_db

CALL = "CA" + "1" * 32


@pytest.fixture
def desk(log_in):
    return log_in("desk")


@pytest.fixture
def session(open_session):
    return open_session(capacity=1)


@pytest.fixture
def register(session, resident):
    def one(character):
        return registrations.register(
            session=session,
            person=resident(character),
            submission=uuid4(),
            how="phone",
            now=timezone.now(),
            or_wait=True,
        )

    return one


@pytest.fixture
def line(register):
    """Akiko has the seat; Haru waits first, Linh second."""
    return [register(character) for character in (AKIKO, HARU, LINH)]


@pytest.fixture
def offered(line):
    """Akiko has cancelled, and Haru is offered her seat."""
    registrations.cancel(registration=line[0], now=timezone.now())
    return line[1]


def roster(session):
    return f"/staff/classes/{session.pk}/"


def state_of(registration):
    registration.refresh_from_db()
    return registration.state


def test_the_roster_shows_who_waits_in_order_and_notes_who_saw_them(desk, session, line):
    page = desk.get(roster(session)).content.decode()
    assert page.index(HARU.name) < page.index(LINH.name)
    seen = AccessRecord.objects.filter(action="view").values_list("person__name", flat=True)
    assert set(seen) == {AKIKO.name, HARU.name, LINH.name}


def test_a_class_without_a_line_shows_none(desk, open_session):
    assert 'id="line"' not in desk.get(roster(open_session())).content.decode()


@pytest.mark.parametrize(
    ("answer", "state", "next_state"),
    [("accept", "registered", "waiting"), ("decline", "cancelled", "offered")],
)
def test_an_answer_told_by_telephone_counts(
    desk, session, line, offered, answer, state, next_state
):
    assert f'value="{answer}"' in desk.get(roster(session)).content.decode()
    desk.post(f"{roster(session)}line/{offered.pk}/answer/", {"answer": answer})
    assert state_of(offered) == state
    assert state_of(line[2]) == next_state
    assert AccessRecord.objects.filter(person=offered.person, action="change").count() == 1
    # She has just said so herself, and has only a landline: nobody calls her to tell her.
    references = [f"class-registration:{offered.pk}", f"class-cancelled:{offered.pk}"]
    told = Message.objects.get(reference__in=references)
    assert told.state == "sent"
    assert told.events.get().by.username == STAFF["desk"]


def test_an_answer_that_comes_too_late_is_told_so(desk, session, offered):
    offers.decline(registration=offered, now=timezone.now())
    path = f"{roster(session)}line/{offered.pk}/answer/"
    response = desk.post(path, {"answer": "accept"}, follow=True)
    assert state_of(offered) == "cancelled"
    assert "messages" in response.content.decode()


def test_a_place_out_of_turn_has_a_reason_and_a_name(desk, session, line):
    ClassSession.objects.filter(pk=session.pk).update(capacity=2)
    path = f"{roster(session)}line/{line[2].pk}/give/"
    assert path in desk.get(roster(session)).content.decode()

    assert list(desk.post(path, {"reason": ""}).context["form"].errors) == ["reason"]
    assert state_of(line[2]) == "waiting"

    desk.post(path, {"reason": "車いすの席が空いたため"})
    assert state_of(line[2]) == "registered"
    offer = Offer.objects.get()
    assert (offer.reason, offer.given_by.username) == ("車いすの席が空いたため", "madoguchi")


def test_there_is_no_place_to_give_while_the_class_is_full(desk, session, line):
    path = f"{roster(session)}line/{line[2].pk}/give/"
    assert path not in desk.get(roster(session)).content.decode()
    assert desk.post(path, {"reason": "急ぐため"}).context["form"].non_field_errors()
    assert state_of(line[2]) == "waiting"


def test_the_reason_may_hold_no_card_number(desk, session, line):
    ClassSession.objects.filter(pk=session.pk).update(capacity=2)
    path = f"{roster(session)}line/{line[2].pk}/give/"
    assert list(desk.post(path, {"reason": "123456789018"}).context["form"].errors) == ["reason"]


def test_somebody_of_another_class_is_not_found(desk, open_session, line):
    elsewhere = open_session()
    for deed in ("answer", "give"):
        path = f"{roster(elsewhere)}line/{line[1].pk}/{deed}/"
        assert desk.post(path, {"reason": "x"}, follow=True).status_code == 404
    assert state_of(line[1]) == "waiting"


def test_who_waits_can_be_taken_off_the_list(desk, session, line):
    desk.post(f"{roster(session)}cancel/{line[1].pk}/")
    assert state_of(line[1]) == "cancelled"
    line[2].refresh_from_db()
    assert line[2].place_in_line == 1


def called(registration):
    """The message of the open offer, as if a machine had called with it."""
    offer = registration.offers.get(answer="")
    Message.objects.filter(reference=f"class-offer:{offer.pk}").update(
        channel="voice", state="sent", provider_id=CALL
    )
    return Message.objects.select_related("contact", "point").get(
        reference=f"class-offer:{offer.pk}"
    )


def press(message, key):
    return answers.press(message=message, provider_id=CALL, key=key, now=timezone.now())


@pytest.mark.parametrize(
    ("key", "state", "next_state", "words"),
    [
        ("1", "registered", "waiting", "お席が決まりました"),
        ("2", "cancelled", "offered", "次の方にお譲りします"),
    ],
)
def test_a_key_answers_an_offer(offered, line, key, state, next_state, words):
    assert words in press(called(offered), key)
    assert state_of(offered) == state
    assert state_of(line[2]) == next_state


def test_a_key_for_an_offer_that_has_ended_says_so(offered, line):
    message = called(offered)
    later = offered.offers.get().ends_at
    offers.end_run_out(now=later)
    assert "お返事の時間が過ぎた" in press(message, "1")
    assert state_of(offered) == "cancelled"


def test_one_during_any_other_call_takes_no_place(offered, line):
    Message.objects.filter(reference=f"class-waiting:{line[2].pk}").update(
        channel="voice", state="sent", provider_id=CALL
    )
    message = Message.objects.get(reference=f"class-waiting:{line[2].pk}")
    press(message, "1")
    assert state_of(line[2]) == "waiting"


def test_who_agreed_to_calls_and_accepts_by_key_is_not_called_again(register, resident):
    register(AKIKO)
    li_na = register(LI_NA)
    haru = register(HARU)
    consents.give(
        contact=haru.person.contact,
        purpose="automatic-call",
        how="phone",
        wording="…",
        now=timezone.now(),
    )
    registrations.cancel(registration=li_na, now=timezone.now())
    first = haru.session.registrations.get(person__name=AKIKO.name)
    registrations.cancel(registration=first, now=timezone.now())
    press(called(haru), "1")
    assert state_of(haru) == "registered"
    assert Message.objects.get(reference=f"class-registration:{haru.pk}").state == "sent"
