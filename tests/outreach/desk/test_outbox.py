import re

import pytest
from django.urls import reverse

from notifications.actions import contacts, messages
from notifications.models import Contact, Message
from notifications.rules.phones import parse_phone
from outreach.people.models import AccessRecord
from tests.cast import AKIKO, HARU, LINH


@pytest.fixture
def outbox(registration, visit_request) -> str:
    """The address of a screen that has something to show: messages to Linh and to Akiko."""
    return reverse("desk_staff:outbox")


def test_messages_are_shown_newest_first_in_the_residents_words(log_in, outbox):
    page = log_in("desk").get(outbox).content.decode()

    assert page.index(AKIKO.name) < page.index(LINH.name)
    assert re.search(r"<td[^>]* lang=\"vi\">", page)
    assert LINH.phone in page
    assert Message.objects.get(contact__name=LINH.name).body.splitlines()[0] in page


def test_each_person_shown_leaves_an_access_record(log_in, staff, outbox):
    log_in("desk").get(outbox)

    seen = AccessRecord.objects.filter(by=staff("desk"), screen="outbox", action="view")
    assert {record.person.name for record in seen} == {LINH.name, AKIKO.name}


def test_a_contact_that_is_no_person_leaves_none(log_in, db, now):
    contact = contacts.record(name=HARU.name, language="ja", phone=parse_phone(HARU.phone))
    messages.enqueue(
        contact=contact,
        purpose="own-link",
        reference="x",
        template="desk/messages/own-link",
        context={},
        now=now,
    )

    page = log_in("desk").get(reverse("desk_staff:outbox")).content.decode()

    assert HARU.name in page
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        pytest.param("", {LINH.name, AKIKO.name}, id="all"),
        pytest.param("?channel=sms", {LINH.name, AKIKO.name}, id="by channel"),
        pytest.param("?channel=letter", set(), id="a channel nobody was written by"),
        pytest.param("?state=queued", {AKIKO.name}, id="by state"),
        pytest.param("?state=sent&channel=sms", {LINH.name}, id="by both"),
        pytest.param("?state=nonsense", {LINH.name, AKIKO.name}, id="a state that does not exist"),
        pytest.param("?page=99", {LINH.name, AKIKO.name}, id="a page past the end"),
    ],
)
def test_the_filter_narrows_what_is_shown_and_recorded(log_in, outbox, query, shown):
    Message.objects.filter(contact__name=LINH.name).update(state=Message.State.SENT)

    page = log_in("desk").get(outbox + query).content.decode()

    names = {
        name for name in (LINH.name, AKIKO.name) if re.search(rf"<td[^>]*><a [^>]*>{name}", page)
    }
    assert names == shown
    assert {record.person.name for record in AccessRecord.objects.all()} == shown


def test_a_long_outbox_comes_in_pages_that_keep_the_filter(log_in, person_of, now):
    contact = person_of(LINH).contact
    Message.objects.bulk_create(
        Message(
            contact=contact,
            purpose="own-link",
            reference=f"old {number}",
            channel="sms",
            language="vi",
            body=f"tin {number}.",
            queued_at=now,
        )
        for number in range(60)
    )

    client = log_in("desk")
    page = client.get(reverse("desk_staff:outbox") + "?channel=sms&page=2").content.decode()

    assert len(re.findall(r"tin \d+\.", page)) == 25
    assert "?channel=sms&amp;page=1" in page
    assert "?channel=sms&amp;page=3" in page


def test_a_protected_postal_address_is_not_shown(log_in, db, now):
    contact = contacts.record(name=HARU.name, language="ja", post="花輪字八正寺13")
    letter = messages.enqueue(
        contact=contact,
        purpose="own-link",
        reference="x",
        template="desk/messages/own-link",
        context={},
        now=now,
    )
    assert letter.channel == Contact.Channel.LETTER
    address = reverse("desk_staff:outbox")
    assert "八正寺" in log_in("desk").get(address).content.decode()

    Contact.objects.update(protected=True)

    assert "八正寺" not in log_in("desk").get(address).content.decode()


@pytest.mark.parametrize("role", ["editor", "translator", "visitor", "manager"])
def test_other_roles_do_not_see_the_outbox(log_in, outbox, role):
    response = log_in(role).get(outbox)

    assert response.status_code in (302, 403)
    assert not AccessRecord.objects.exists()


def test_who_is_not_logged_in_is_asked_to(client, outbox):
    assert "/login/" in client.get(outbox).url


@pytest.mark.parametrize(("role", "sees"), [("desk", True), ("manager", False)])
def test_the_menu_shows_the_outbox_to_those_who_may_open_it(log_in, db, role, sees):
    page = log_in(role).get(reverse("wagtailadmin_home")).content.decode()

    assert (reverse("desk_staff:outbox") in page) is sees


def test_the_number_of_queries_does_not_grow_with_the_messages(
    log_in, person_of, now, django_assert_max_num_queries
):
    client = log_in("desk")
    for number, character in enumerate((LINH, AKIKO, HARU) * 5):
        messages.enqueue(
            contact=person_of(character).contact,
            purpose="own-link",
            reference=f"{number}",
            template="desk/messages/own-link",
            context={},
            now=now,
        )

    with django_assert_max_num_queries(22):
        client.get(reverse("desk_staff:outbox"))
