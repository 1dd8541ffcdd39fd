"""Whoever asks on somebody's behalf is one contact, and nobody else's."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from notifications.models import Contact
from notifications.rules.phones import parse_phone
from outreach.visits.actions.answers import Answers, receive
from outreach.visits.models import VisitRequest
from tests.cast import AKIKO, CARE_MANAGER, GRANDSON, HARU, LI_NA

Asking = Callable[..., VisitRequest]


@pytest.fixture
def ask_for(db, now) -> Asking:
    def asking(person, by=None, **asker) -> VisitRequest:
        told = {"asker_name": AKIKO.name, "asker_phone": parse_phone(AKIKO.phone)} | asker
        answers = Answers(relation="family", name=person.name, topic="unsure", **told)
        return receive(
            answers=answers, submission=uuid4(), how="web", language="ja", now=now, by=by
        )

    return asking


def test_the_same_asker_asks_twice_and_is_one_contact(ask_for: Asking) -> None:
    first = ask_for(HARU)
    second = ask_for(LI_NA, asker_name="山瀬 明子")
    assert first.asked_by == second.asked_by
    assert second.asked_by.visit_requests.count() == 2


@pytest.mark.parametrize(
    "asker",
    [
        pytest.param({"asker_name": GRANDSON.name}, id="another name on the same telephone"),
        pytest.param({"asker_phone": parse_phone(CARE_MANAGER.phone)}, id="another telephone"),
        pytest.param({"asker_email": "someone@example.com"}, id="an address nobody vouches for"),
    ],
)
def test_whoever_might_be_somebody_else_is_a_contact_of_their_own(
    ask_for: Asking, asker: dict[str, object]
) -> None:
    assert ask_for(HARU).asked_by != ask_for(LI_NA, **asker).asked_by


def test_staff_add_an_address_to_an_asker_they_speak_to(ask_for: Asking, staff) -> None:
    first = ask_for(HARU)
    second = ask_for(LI_NA, by=staff("desk"), asker_email=AKIKO.email)
    assert first.asked_by == second.asked_by
    assert second.asked_by.points.filter(value=AKIKO.email).exists()


def test_a_resident_with_that_name_and_number_stays_apart(ask_for: Asking, make_person) -> None:
    resident = make_person(AKIKO)
    assert ask_for(HARU).asked_by != resident.contact
    assert Contact.objects.filter(name=AKIKO.name).count() == 2
