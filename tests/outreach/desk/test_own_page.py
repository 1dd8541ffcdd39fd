import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from mynumber.models import Reminder
from notifications.links import my_url, resident_token
from outreach.classes.models import ClassSession, Registration
from outreach.visits.actions import visits
from outreach.visits.models import Team, VisitRequest
from tests.cast import AKIKO, HARU, LI_NA, LINH


def address(contact, language: str = "ja") -> str:
    with translation.override(language):
        return reverse("my", args=[resident_token(contact)])


def cancel_addresses(page: str) -> list[str]:
    return re.findall(r'action="([^"]+/cancel/)"', page)


@pytest.mark.parametrize("language", ["ja", "vi"])
def test_everything_that_lies_ahead_is_shown_in_the_language_of_the_page(
    client, registration, reminder, language
):
    response = client.get(address(registration.person.contact, language))
    page = response.content.decode()

    assert response.status_code == 200
    assert f'<html lang="{language}">' in page
    assert registration.reference in page
    assert {"ja": "はじめてのスマホ教室", "vi": "điện thoại thông minh cơ bản"}[language] in page
    assert len(cancel_addresses(page)) == 2


def test_the_page_is_neither_kept_nor_indexed(client, registration):
    response = client.get(address(registration.person.contact))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_the_link_in_a_message_opens_the_page(client, registration):
    assert client.get(my_url(registration.person.contact)).status_code == 200


def test_who_asked_for_somebody_sees_the_request_with_the_name(client, visit_request):
    page = client.get(address(visit_request.asked_by)).content.decode()

    assert visit_request.reference in page
    assert HARU.name in page


def test_the_visited_person_sees_it_too_and_not_who_asked(client, visit_request):
    page = client.get(address(visit_request.person.contact)).content.decode()

    assert visit_request.reference in page
    assert AKIKO.name not in page


def test_the_day_of_a_planned_visit_is_shown(client, visit_request, staff, present):
    on = present.date() + timedelta(days=9)
    visits.schedule(
        request=visit_request,
        team=Team.objects.create(name="一班"),
        on=on,
        time_slot="am",
        by=staff("desk"),
        now=present,
    )

    page = client.get(address(visit_request.asked_by, "ja")).content.decode()

    assert f"{on.year}年{on.month}月{on.day}日" in page


def test_what_is_over_is_not_shown(client, registration, present):
    ClassSession.objects.update(
        starts_at=present - timedelta(hours=3), ends_at=present - timedelta(hours=2)
    )

    page = client.get(address(registration.person.contact)).content.decode()

    assert registration.reference not in page


def test_a_page_with_nothing_on_it_says_so(client, person_of):
    page = client.get(address(person_of(LI_NA).contact, "en")).content.decode()

    assert "You have nothing planned" in page


@pytest.mark.parametrize("language", ["ja", "vi"])
def test_a_class_is_cancelled_by_pressing(client, registration, language):
    page = client.get(address(registration.person.contact, language)).content.decode()
    (cancel,) = cancel_addresses(page)

    back = client.post(cancel, follow=True)

    registration.refresh_from_db()
    assert registration.state == Registration.State.CANCELLED
    assert ClassSession.objects.get().seats_taken == 0
    assert back.redirect_chain[0][1] == 302
    assert 'role="status"' in back.content.decode()
    assert registration.reference not in back.content.decode()


def test_a_visit_is_cancelled_by_whoever_asked_for_it(client, visit_request):
    page = client.get(address(visit_request.asked_by)).content.decode()
    (cancel,) = cancel_addresses(page)

    client.post(cancel)

    visit_request.refresh_from_db()
    assert visit_request.state == VisitRequest.State.CANCELLED


def test_a_reminder_is_cancelled_by_pressing(client, reminder):
    (cancel,) = cancel_addresses(client.get(address(reminder.contact)).content.decode())

    client.post(cancel)

    reminder.refresh_from_db()
    assert reminder.cancelled_at is not None


def test_pressing_twice_is_the_same_as_once(client, registration, reminder):
    page = client.get(address(registration.person.contact)).content.decode()

    for cancel in cancel_addresses(page) * 2:
        assert client.post(cancel).status_code == 302

    assert ClassSession.objects.get().seats_taken == 0


def test_a_visit_that_is_finished_cannot_be_cancelled_and_the_page_says_why(client, visit_request):
    page = client.get(address(visit_request.asked_by, "en")).content.decode()
    (cancel,) = cancel_addresses(page)
    VisitRequest.objects.update(state=VisitRequest.State.DONE)

    response = client.post(cancel)

    assert response.status_code == 409
    assert "finished already" in response.content.decode()


@pytest.mark.parametrize(
    "name", ["my_cancel_registration", "my_cancel_request", "my_cancel_reminder"]
)
def test_nobody_cancels_what_belongs_to_another(
    client, registration, visit_request, reminder, person_of, name
):
    pk = {
        "my_cancel_registration": registration.pk,
        "my_cancel_request": visit_request.pk,
        "my_cancel_reminder": reminder.pk,
    }[name]
    token = resident_token(person_of(LI_NA).contact)

    assert client.post(reverse(name, args=[token, pk])).status_code == 404

    assert Registration.objects.filter(state=Registration.State.REGISTERED).exists()
    assert VisitRequest.objects.filter(state=VisitRequest.State.OPEN).exists()
    assert Reminder.objects.standing().exists()


@pytest.mark.parametrize(
    "name", ["my_cancel_registration", "my_cancel_request", "my_cancel_reminder"]
)
def test_looking_at_the_address_of_a_cancelling_leads_back_and_cancels_nothing(
    client, registration, name
):
    token = resident_token(registration.person.contact)

    looked = client.get(reverse(name, args=[token, registration.pk]))

    assert (looked.status_code, looked["Location"]) == (302, reverse("my", args=[token]))
    assert Registration.objects.filter(state=Registration.State.REGISTERED).exists()


@pytest.mark.parametrize(
    "name", ["my_cancel_registration", "my_cancel_request", "my_cancel_reminder"]
)
def test_an_unknown_link_cancels_nothing(client, registration, name):
    assert client.post(reverse(name, args=["1.forged", registration.pk])).status_code == 404


@pytest.mark.parametrize("language", ["ja", "vi"])
def test_an_unknown_link_is_told_kindly_what_to_do(client, db, settings, language):
    response = client.get(f"/{language}/my/1.forged/")
    page = response.content.decode()

    assert response.status_code == 404
    assert settings.CITY_PHONE in page
    assert f'href="/{language}/lost/"' in page


def test_no_japanese_stands_outside_its_marks_on_a_page_in_english(client, registration, reminder):
    page = client.get(address(registration.person.contact, "en")).content.decode()
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    unmarked = re.sub(r'<span lang="ja">.*?</span>', "", main)

    assert not re.search(r"[぀-ヿ一-鿿]", unmarked.replace(LINH.name, ""))
