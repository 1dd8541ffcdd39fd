"""A resident chooses language and channels and stops news, with the signed link alone."""

import pytest
from django.urls import reverse
from django.utils import translation

from notifications.actions import consents
from notifications.links import resident_token
from outreach.desk.message_words import purpose_word
from tests.cast import AKIKO, LINH


@pytest.fixture
def linh(person_of):
    return person_of(LINH).contact


def address(contact, name="my_wishes", *more, language="vi"):
    with translation.override(language):
        return reverse(name, args=[resident_token(contact), *more])


def agree(contact, now, purpose="class-news"):
    return consents.give(
        contact=contact, purpose=purpose, how="web", wording=f"Yes to {purpose}.", now=now
    )


def test_the_own_page_leads_to_it(client, linh):
    page = client.get(address(linh, "my")).content.decode()

    assert address(linh) in page


def test_language_and_channels_are_stored_and_the_page_follows(client, linh):
    response = client.post(address(linh), {"language": "en", "first": "call", "second": "sms"})

    linh.refresh_from_db()
    assert (linh.language, linh.channel_order) == ("en", ["call", "sms"])
    assert response.url.startswith(address(linh, language="en"))


def test_silence_and_protection_are_not_the_forms_to_change(client, linh):
    linh.do_not_contact = linh.protected = True
    linh.save()

    client.post(address(linh), {"language": "vi", "do_not_contact": "", "protected": ""})

    linh.refresh_from_db()
    assert linh.do_not_contact
    assert linh.protected


@pytest.mark.parametrize(
    "answers",
    [{"language": ""}, {"language": "xx"}, {"language": "vi", "first": "pigeon"}],
    ids=["no language", "a language nobody offers", "a channel nobody offers"],
)
def test_what_is_not_offered_is_refused(client, linh, answers):
    page = client.post(address(linh), answers).content.decode()

    linh.refresh_from_db()
    assert (linh.language, linh.channel_order) == ("vi", [])
    assert "error-summary" in page


@pytest.mark.parametrize("agreed", [True, False])
def test_a_machine_is_offered_only_to_whom_it_may_call(client, linh, now, agreed):
    if agreed:
        agree(linh, now, "automatic-call")

    page = client.get(address(linh)).content.decode()

    assert ('value="voice"' in page) is agreed


def test_a_consent_is_shown_in_its_words_and_stopped(client, linh, now):
    agree(linh, now)
    agree(linh, now, "renewal-reminder")
    assert "Yes to class-news." in client.get(address(linh)).content.decode()

    client.post(address(linh, "my_withdraw", "class-news"))

    assert not linh.has_consent("class-news")
    assert linh.has_consent("renewal-reminder")
    assert "Yes to class-news." not in client.get(address(linh)).content.decode()


def test_what_a_consent_is_about_is_said_in_the_readers_language(client, linh, now):
    agree(linh, now)

    page = client.get(address(linh)).content.decode()

    with translation.override("vi"):
        assert f"<h3>{purpose_word('class-news')}</h3>" in page


def test_opening_the_address_stops_nothing(client, linh, now):
    agree(linh, now)

    client.get(address(linh, "my_withdraw", "class-news"))

    assert linh.has_consent("class-news")


def test_nobody_elses_consent_is_shown_or_stopped(client, linh, person_of, now):
    akiko = person_of(AKIKO).contact
    agree(akiko, now)

    page = client.get(address(linh)).content.decode()
    client.post(address(linh, "my_withdraw", "class-news"))

    assert "Yes to class-news." not in page
    assert akiko.has_consent("class-news")


@pytest.mark.parametrize("more", [(), ("class-news",)], ids=["the form", "stopping"])
def test_a_link_that_is_not_ours_opens_nothing(client, db, more):
    name = "my_withdraw" if more else "my_wishes"

    assert client.post(reverse(name, args=["1.forged", *more])).status_code == 404


def test_a_purpose_nobody_agrees_to_is_not_found(client, linh):
    assert client.post(address(linh, "my_withdraw", "visit")).status_code == 404


def test_the_page_is_neither_kept_nor_indexed(client, linh):
    response = client.get(address(linh))

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
