import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from notifications.links import resident_token
from notifications.models import ContactPoint, Message
from notifications.signals import number_stopped
from notifications.stop_links import stop_token, stop_url
from tests.cast import AKIKO, LINH

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def akiko(person_of):
    return person_of(AKIKO).contact


@pytest.fixture
def point(akiko):
    return akiko.points.get(kind=ContactPoint.Kind.EMAIL)


@pytest.fixture
def token(akiko, point):
    return stop_token(contact_id=akiko.pk, point_id=point.pk)


def address(token, language="ja"):
    with translation.override(language):
        return reverse("stop", args=[token])


def state(point):
    return ContactPoint.objects.get(pk=point.pk).state


def test_opening_the_page_stops_nothing(client, token, point):
    page = client.get(address(token))

    assert page.status_code == 200
    assert "a●●●@example.com" in page.content.decode()
    assert AKIKO.email not in page.content.decode()
    assert state(point) == ContactPoint.State.USABLE
    assert "no-store" in page["Cache-Control"]
    assert not page.cookies


@pytest.mark.parametrize("answers", [{}, ONE_CLICK], ids=["the button", "the mail program"])
def test_one_press_stops_without_cookie_csrf_or_redirect(token, point, answers):
    strict = Client(enforce_csrf_checks=True)

    page = strict.post(address(token), answers)

    assert page.status_code == 200
    assert state(point) == ContactPoint.State.STOPPED
    assert not page.cookies


def test_pressing_again_changes_nothing_and_says_the_same(
    client, token, point, django_capture_on_commit_callbacks
):
    told = []

    def listen(point, **_):
        told.append(point)

    number_stopped.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            pages = [client.post(address(token)).content for _ in range(3)]
    finally:
        number_stopped.disconnect(listen)

    assert len(set(pages)) == 1
    assert client.get(address(token)).content == pages[0]
    assert [one.pk for one in told] == [point.pk]


def test_the_other_ways_to_the_person_stay(client, akiko, token):
    client.post(address(token))

    assert akiko.points.get(kind=ContactPoint.Kind.PHONE).state == ContactPoint.State.USABLE


@pytest.mark.parametrize("language", ["ja", "ja-easy", "en", "zh-hans", "vi", "id", "tl", "ko"])
def test_the_page_is_there_in_every_language(client, token, language, settings):
    page = client.get(address(token, language))

    assert page.status_code == 200
    tag = settings.LANGUAGE_TAGS[language]
    assert f'<html lang="{tag}">' in page.content.decode()
    assert settings.CITY_PHONE in page.content.decode()


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(lambda contact, point: "1-1", id="unsigned"),
        pytest.param(lambda contact, point: f"{contact.pk}-{point.pk}.AAAA", id="signed wrongly"),
        pytest.param(lambda contact, point: resident_token(contact), id="of the own page"),
        pytest.param(
            lambda contact, point: stop_token(contact_id=contact.pk, point_id=10**6),
            id="of a point that is gone",
        ),
    ],
)
def test_a_forged_link_stops_nothing(client, akiko, point, forged):
    page = client.post(address(forged(akiko, point)))

    assert page.status_code == 404
    assert state(point) == ContactPoint.State.USABLE


def test_the_token_opens_no_own_page(client, token, db):
    assert client.get(reverse("my", args=[token])).status_code == 404


def test_the_link_of_a_message_is_in_its_language(registration, settings):
    message = Message.objects.get(contact__name=LINH.name)

    link = stop_url(message)

    assert link.startswith(f"{settings.SITE_URL}/vi/stop/")
