import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from mynumber.models import Reminder
from notifications.models import Contact
from tests.cast import AKIKO, HARU, LINH

PERSONAL_NUMBER = "123456789018"


def soon() -> date:
    return timezone.localdate() + timedelta(days=200)


@pytest.fixture
def answers(db: None) -> dict[str, str]:
    return {
        "name": LINH.name,
        "card_expires_on": soon().isoformat(),
        "certificate_expires_on": "",
        "phone": LINH.phone,
        "email": "",
        "consent": "on",
    }


def send(client: Client, answers: dict[str, str], language: str = "ja", step: str = "check"):
    return client.post(f"/{language}/reminders/", {**answers, "step": step})


@pytest.mark.parametrize("language", ["ja", "vi"])
def test_from_the_form_to_a_page_that_can_be_kept(client, answers, language):
    assert client.get(f"/{language}/reminders/").status_code == 200

    check = send(client, answers, language)
    assert LINH.phone in check.content.decode()
    assert not Reminder.objects.exists()

    done = send(client, answers, language, "confirm")
    reminder = Reminder.objects.get()
    assert done.status_code == 302
    assert (reminder.kind, reminder.expires_on) == ("card", soon())
    assert (reminder.contact.name, reminder.contact.language) == (LINH.name, language)

    kept = Client().get(done.url)
    assert kept.status_code == 200
    assert f'<html lang="{language}">' in kept.content.decode()
    assert "no-store" in kept["Cache-Control"]
    assert kept["X-Robots-Tag"] == "noindex"


def test_the_page_to_check_sends_on_exactly_what_was_read_over(client, answers):
    page = send(client, answers).content.decode()
    inputs = re.findall(r'<input type="hidden"[^>]*>', page)
    assert not [one for one in inputs if "aria-" in one]
    carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert send(client, carried, step="confirm").status_code == 302
    reminder = Reminder.objects.get()
    assert (reminder.expires_on, reminder.contact.name) == (soon(), LINH.name)


def test_the_page_to_keep_says_when_renewal_opens_and_when_the_city_writes(client, answers):
    done = send(client, answers, "en", "confirm")
    page = client.get(done.url).content.decode()
    reminder = Reminder.objects.get()

    for day in (reminder.expires_on, reminder.opens_on, soon() - timedelta(days=30)):
        assert f"{day:%B} {day.day}, {day.year}" in page or f"{day.day} {day:%B} {day.year}" in page


def test_the_page_to_keep_shows_no_name_number_or_own_link(client, answers):
    done = send(client, answers, "ja", "confirm")
    page = client.get(done.url).content.decode()

    assert LINH.name not in page
    assert LINH.phone not in page
    assert "/my/" not in page


def test_the_consent_is_stored_in_the_words_that_were_ticked(client, answers):
    check = unescape(send(client, answers, "vi").content.decode())
    send(client, answers, "vi", "confirm")

    assert Contact.objects.get().consents.get().wording in check


def test_pressing_twice_is_one_reminder(client, answers):
    first = send(client, answers, step="confirm")
    second = send(client, answers, step="confirm")

    assert first.url == second.url
    assert Reminder.objects.count() == 1


def test_card_and_certificates_in_one_form(client, answers):
    earlier = soon() - timedelta(days=90)
    send(client, {**answers, "certificate_expires_on": earlier.isoformat()}, step="confirm")

    assert dict(Reminder.objects.values_list("kind", "expires_on")) == {
        "card": soon(),
        "certificate": earlier,
    }


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param("{y}-{m:02}-{d:02}", id="ISO"),
        pytest.param("{y}年{m}月{d}日", id="western years in kanji"),
        pytest.param("令和{r}年{m}月{d}日", id="wareki"),
        pytest.param("R{r}.{m}.{d}", id="wareki in short"),
        pytest.param("{y}／{m}／{d}", id="full-width slashes"),
    ],
)
def test_any_way_of_writing_a_date_is_understood(client, answers, pattern):
    day = soon()
    written = pattern.format(y=day.year, r=day.year - 2018, m=day.month, d=day.day)

    send(client, {**answers, "card_expires_on": written}, step="confirm")

    assert Reminder.objects.get().expires_on == day


def days_from_today(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"name": ""}, "name", id="no name"),
        pytest.param({"card_expires_on": ""}, "card_expires_on", id="no date at all"),
        pytest.param({"card_expires_on": "来年の春"}, "card_expires_on", id="no date in the words"),
        pytest.param({"card_expires_on": "2027-02-30"}, "card_expires_on", id="no such day"),
        pytest.param({"card_expires_on": days_from_today(4100)}, "card_expires_on", id="too far"),
        pytest.param(
            {"card_expires_on": "9999-12-31"}, "card_expires_on", id="the last day of all"
        ),
        pytest.param({"card_expires_on": days_from_today(-76)}, "card_expires_on", id="long past"),
        pytest.param(
            {"card_expires_on": "0001-01-01"}, "card_expires_on", id="the first day of all"
        ),
        pytest.param(
            {"certificate_expires_on": days_from_today(210)},
            "certificate_expires_on",
            id="certificates after the card",
        ),
        pytest.param({"phone": ""}, "phone", id="nothing to reach them by"),
        pytest.param({"phone": "12"}, "phone", id="no phone number"),
        pytest.param({"phone": "", "email": "akiko"}, "email", id="no e-mail address"),
        pytest.param({"consent": ""}, "consent", id="no consent"),
        pytest.param({"name": f"LINH {PERSONAL_NUMBER}"}, "name", id="a personal number"),
    ],
)
@pytest.mark.parametrize("step", ["check", "confirm"])
def test_a_wrong_answer_is_named_and_nothing_is_noted(client, answers, changes, field, step):
    response = send(client, {**answers, **changes}, step=step)
    page = response.content.decode()

    assert response.status_code == 200
    assert f'href="#id_{field}"' in page
    assert "aria-invalid" in page
    assert not Reminder.objects.exists()
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "days",
    [
        pytest.param(-75, id="the day of the last step"),
        pytest.param(-1, id="expired yesterday"),
        pytest.param(0, id="expires today"),
        pytest.param(4010, id="almost eleven years ahead"),
    ],
)
def test_dates_at_the_edges_are_taken(client, answers, days):
    send(client, {**answers, "card_expires_on": days_from_today(days)}, step="confirm")

    assert Reminder.objects.exists()


def test_typed_values_are_kept_when_something_is_wrong(client, answers):
    page = send(client, {**answers, "name": HARU.name, "phone": "03"}).content.decode()

    assert f'value="{HARU.name}"' in page
    assert f'value="{answers["card_expires_on"]}"' in page


def test_changing_the_answers_brings_them_back_without_complaint(client, answers):
    page = send(client, {**answers, "name": AKIKO.name, "phone": "03"}, step="change")
    words = page.content.decode()

    assert f'value="{AKIKO.name}"' in words
    assert 'value="03"' in words
    assert "error-summary" not in words


@pytest.mark.parametrize("signed", ["1", "1.wrong", "x-y.abc"])
def test_an_address_somebody_made_up_is_not_found(client, db, signed):
    assert client.get(f"/ja/reminders/asked/{signed}/").status_code == 404


def test_the_form_is_never_kept_by_a_cache(client, db):
    assert "no-store" in client.get("/ja/reminders/")["Cache-Control"]


def test_a_page_kept_after_cancelling_says_so(client, answers, now):
    done = send(client, answers, "en", "confirm")
    Reminder.objects.update(cancelled_at=now)

    assert "This reminder has ended" in client.get(done.url).content.decode()


@pytest.mark.parametrize("consent", ["on", ""], ids=["to check", "with a mistake"])
def test_another_language_in_the_middle_keeps_the_answers(client, answers, consent):
    page = send(client, {**answers, "consent": consent}).content.decode()
    form = re.search(r'<form id="same-answers".*?</form>', page, re.S)[0]
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    assert kept["step"] == "check"

    other = client.post("/vi/reminders/", kept).content.decode()
    assert '<html lang="vi">' in other
    assert LINH.name in other
    assert LINH.phone in other
    assert not Reminder.objects.exists()
