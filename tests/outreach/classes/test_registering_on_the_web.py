"""A resident registers in the browser: form, check, confirmation; nothing typed is ever lost."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from mynumber.validators import REFUSAL
from notifications.links import resident_token
from notifications.models import Message
from outreach.classes.actions import registrations
from outreach.classes.forms import NEWS_WORDING
from outreach.classes.links import confirmation_token
from outreach.classes.models import ClassSession, Registration
from outreach.classes.rules.needs import Needs
from outreach.people.models import Person
from tests.cast import AKIKO, GRANDSON, HARU, LINH

pytestmark = pytest.mark.django_db

# The check digit of this invented number is right (番号法 省令 第5条).
PERSONAL_NUMBER = "123456789018"
READERS = pytest.mark.parametrize("language", ["ja", "vi"])


def address(session, language="ja"):
    return f"/{language}/classes/{session.pk}/register/"


def answers(character, **changes):
    typed = {
        "relation": "self",
        "name": character.name,
        "kana": character.kana,
        "birth_year": "",
        "phone": character.phone,
        "email": character.email,
        "phone_model": "",
        "wish": "",
        "note": "",
    }
    return {**typed, **changes}


def on_page(client, session, step, typed, language="ja", go="next", **marks):
    """Press a button of the page with one group of questions, or of the page to check."""
    return client.post(address(session, language), {**typed, "step": step, "go": go, **marks})


def check_page(client, session, typed, language="ja"):
    return on_page(client, session, "check", typed, language, go="check")


def confirm(client, session, typed, language="ja", submission=None, go="send"):
    mark = str(submission or uuid4())
    return on_page(client, session, "check", typed, language, go=go, submission=mark)


def carried_in(page):
    """The answers a page hides in its form, by name."""
    main = page[page.index("<main") : page.index("</main")]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main)
    return {name: unescape(value) for name, value in hidden if name != "csrfmiddlewaretoken"}


def answers_for_other_languages(page):
    """What the language switcher takes along, by name."""
    form = re.search(r'<form id="same-answers".*?</form>', page, re.S)[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in hidden if name != "csrfmiddlewaretoken"}


def in_words(language, sentence):
    with translation.override(language):
        return gettext(sentence)


@pytest.fixture
def session(open_session):
    return open_session()


@READERS
def test_a_resident_registers_from_the_form_to_the_confirmation(client, session, language):
    page = client.get(address(session, language))
    assert page.status_code == 200
    assert f'lang="{language}"' in page.content.decode()

    check = check_page(client, session, answers(LINH), language)
    assert check.status_code == 200
    text = check.content.decode()
    assert LINH.name in text
    assert LINH.phone in text
    assert not Registration.objects.exists()

    submission = re.search(r'name="submission" value="([^"]+)"', text)[1]
    done = confirm(client, session, answers(LINH), language, submission)
    registration = Registration.objects.get()
    assert done.status_code == 302
    assert registration.how == "web"
    assert registration.person.contact.language == language

    kept = client.get(done["Location"])
    text = kept.content.decode()
    assert kept.status_code == 200
    assert registration.reference in text
    assert "0186-00-0100" in text
    assert f"/my/{resident_token(registration.person.contact)}/" in text


@READERS
def test_the_pages_show_the_class_in_the_readers_language(client, session, language):
    text = client.get(address(session, language)).content.decode()
    assert getattr(session.course, f"title_{language}") in text
    assert getattr(session.venue, f"name_{language}") in text


@READERS
def test_the_title_tells_one_class_from_another(client, session, language):
    with translation.override(language):
        day = date_format(timezone.localtime(session.starts_at), "DATETIME_FORMAT")
    done = confirm(client, session, answers(LINH), language)
    for path in (address(session, language), done["Location"]):
        title = re.search(r"<title[^>]*>(.*?)</title>", client.get(path).content.decode(), re.S)
        assert day in title.group(1)


@pytest.mark.parametrize("shown", ["check", "person", "reach", "needs"])
def test_another_language_in_the_middle_keeps_the_answers(client, session, shown):
    typed = answers(LINH, note="xe lăn", wants_news="on")
    page = on_page(client, session, "check", typed, go=shown).content.decode()
    kept = answers_for_other_languages(page)
    assert kept.items() >= typed.items()
    assert kept["go"] == kept["step"] == shown
    assert f'formaction="{address(session, "vi")}" lang="vi"' in page

    other = client.post(address(session, "vi"), kept).content.decode()
    assert '<html lang="vi">' in other
    assert LINH.name in other
    assert "xe lăn" in other
    assert not Registration.objects.exists()


def test_another_language_after_a_refusal_confirms_nothing(client, session):
    confirm(client, session, answers(LINH))
    page = confirm(client, session, answers(LINH)).content.decode()
    assert answers_for_other_languages(page)["go"] == "check"


def test_before_anything_is_typed_the_other_languages_are_links(client, session):
    page = client.get(address(session)).content.decode()
    assert f'<a href="{address(session, "vi")}" lang="vi" hreflang="vi"' in page
    assert "same-answers" not in page


def test_the_confirmation_says_what_to_bring(client, session):
    done = confirm(client, session, answers(LINH), "vi")
    assert session.course.bring_vi in client.get(done["Location"]).content.decode()


def test_the_confirmation_can_be_opened_again_without_a_session(client, session):
    done = confirm(client, session, answers(LINH))
    assert Client().get(done["Location"]).status_code == 200


def test_forms_and_confirmations_are_kept_by_no_cache(client, session):
    done = confirm(client, session, answers(LINH))
    for path in (address(session), done["Location"]):
        assert "no-store" in client.get(path)["Cache-Control"]


@READERS
def test_a_page_that_is_sent_back_keeps_what_was_typed(client, session, language):
    typed = answers(LINH, phone="12", note="Tôi cần phiên dịch", wants_news="on")
    text = on_page(client, session, "reach", typed, language).content.decode()
    assert LINH.name in text
    assert 'value="12"' in text
    assert "Tôi cần phiên dịch" in text
    assert re.search(r'name="wants_news"[^>]*checked', text)
    assert 'class="error-summary"' in text
    assert f"<title>{in_words(language, 'Error')}:" in re.sub(r"<title[^>]*>\s*", "<title>", text)
    assert 'href="#id_phone"' in text


def test_each_page_leads_to_the_next_until_everything_can_be_checked(client, session):
    typed, seen = {}, []
    page = client.get(address(session)).content.decode()
    for _ in range(8):
        typed = carried_in(page) | {"relation": "self"}
        step = typed["step"]
        seen.append(step)
        if step == "check":
            break
        shown = {name: value for name, value in answers(LINH).items() if f'name="{name}"' in page}
        page = client.post(address(session), {**shown, **typed, "go": "next"}).content.decode()
    assert seen == ["who", "person", "reach", "bring", "needs", "check"]
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("relation", "before"), [("self", "who"), ("family", "asker")], ids=["oneself", "another"]
)
def test_back_leads_to_the_page_before_with_everything_typed(client, session, relation, before):
    typed = answers(AKIKO, relation=relation, note="車いすで行きます")
    text = on_page(client, session, "person", typed, go="back").content.decode()
    assert carried_in(text)["step"] == before
    assert AKIKO.name in text
    assert "車いすで行きます" in text
    assert 'class="error-summary"' not in text


def test_a_page_opened_from_the_check_leads_straight_back_to_it(client, session):
    text = on_page(client, session, "check", answers(AKIKO), go="needs").content.decode()
    page = carried_in(text)
    assert (page["step"], page["checked"]) == ("needs", "1")
    sent = {**page, "note": "", "wheelchair": "on", "go": "next"}
    back = client.post(address(session), sent).content.decode()
    assert carried_in(back)["step"] == "check"
    assert carried_in(back)["wheelchair"] == "on"


@pytest.mark.parametrize("news", [True, False], ids=["wants news", "wants no news"])
def test_the_page_to_check_sends_on_exactly_what_was_read_over(client, session, news):
    typed = answers(LINH, note='xe lăn & "nạng"') | ({"wants_news": "on"} if news else {})
    text = check_page(client, session, typed, "vi").content.decode()
    inputs = re.findall(r'<input type="hidden"[^>]*>', text)
    assert not [one for one in inputs if "aria-" in one]
    client.post(address(session, "vi"), {**carried_in(text), "go": "send"})
    registration = Registration.objects.get()
    assert registration.note == typed["note"]
    assert registration.person.contact.has_consent("class-news") is news


def test_no_field_carries_the_browsers_own_required(client, session):
    assert " required" not in client.get(address(session)).content.decode()


@pytest.mark.parametrize("field", ["name", "note"])
@READERS
def test_a_personal_number_is_refused_kept_nowhere_and_not_registered(
    client, session, language, field
):
    typed = answers(HARU, **{field: f"ハル {PERSONAL_NUMBER}"})
    response = confirm(client, session, typed, language)
    assert response.status_code == 200
    with translation.override(language):
        assert str(REFUSAL) in response.content.decode()
    assert PERSONAL_NUMBER not in response.content.decode()
    assert not Registration.objects.exists()
    assert not Person.objects.exists()


def test_a_wish_for_news_is_kept_in_the_words_of_the_page(client, session):
    confirm(client, session, answers(LINH, wants_news="on"), "vi")
    with translation.override("vi"):
        wording = str(NEWS_WORDING)
    consent = Person.objects.get().contact.consents.get()
    assert (consent.purpose, consent.how, consent.wording) == ("class-news", "web", wording)


def test_a_box_left_empty_is_no_consent(client, session):
    confirm(client, session, answers(LINH))
    assert not Person.objects.get().contact.consents.exists()


def test_a_double_click_leads_to_the_same_confirmation(client, session):
    submission = uuid4()
    first = confirm(client, session, answers(LINH), submission=submission)
    second = confirm(client, session, answers(LINH), submission=submission)
    assert first["Location"] == second["Location"]
    assert Registration.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_double_click_on_the_last_seat_is_not_told_that_the_class_is_full(client, open_session):
    session, submission = open_session(capacity=1), uuid4()
    first = confirm(client, session, answers(LINH), submission=submission)
    second = confirm(client, session, answers(LINH), submission=submission)
    assert second.status_code == 302
    assert first["Location"] == second["Location"]


def test_registering_twice_is_answered_with_the_reference_one_has(client, session):
    confirm(client, session, answers(LINH))
    again = confirm(client, session, answers(LINH))
    assert again.status_code == 200
    assert Registration.objects.get().reference in again.content.decode()


def test_nothing_is_registered_before_all_pages_are_in_order(client, session):
    response = confirm(client, session, answers(LINH, phone="", email=""))
    assert response.status_code == 200
    assert b'class="error-summary"' in response.content
    assert carried_in(response.content.decode())["step"] == "reach"
    assert not Registration.objects.exists()


def test_who_was_on_record_before_finds_their_own_page_in_the_message_only(
    client, session, resident
):
    """Else a neighbour who knows name and number could open it."""
    person = resident(LINH)
    type(person.contact).objects.update(created_at=timezone.now() - timedelta(days=1))
    done = confirm(client, session, answers(LINH), "vi")
    assert Registration.objects.get().person == person
    text = client.get(done["Location"]).content.decode()
    assert Registration.objects.get().reference in text
    assert "/my/" not in text


@READERS
def test_a_full_class_says_so_and_offers_the_line_and_other_days(
    client, open_session, in_ten_days, language
):
    full = open_session(capacity=1, seats_taken=1)
    other = open_session(starts_at=in_ten_days + timedelta(days=7))
    shown = client.get(address(full, language)).content.decode()
    assert address(other, language) in shown
    assert "notice--caution" in shown

    check = check_page(client, full, answers(LINH), language).content.decode()
    assert in_words(language, "Wait for a seat") in check
    assert 'name="go" value="send"' not in check
    done = client.post(address(full, language), {**carried_in(check), "go": "wait"})
    registration = Registration.objects.get()
    assert (registration.state, registration.line_number) == ("waiting", 1)
    kept = client.get(done["Location"]).content.decode()
    with translation.override(language):
        place = gettext("You are number %(place)s in line.") % {"place": 1}
    assert place in kept
    assert "class.ics" not in kept


def test_who_is_being_asked_counts_among_those_who_stand_before_one(client, open_session, resident):
    session = open_session(capacity=1)
    seated, asked = (
        registrations.register(
            session=session,
            person=resident(character),
            submission=uuid4(),
            how="phone",
            or_wait=True,
            now=timezone.now(),
        )
        for character in (HARU, AKIKO)
    )
    registrations.cancel(registration=seated, now=timezone.now())
    asked.refresh_from_db()
    assert asked.state == "offered"

    check = check_page(client, session, answers(LINH)).content.decode()

    assert "今、1人がお待ちです" in check


def test_who_is_offered_a_seat_is_led_to_where_it_is_answered(client, open_session, resident):
    session = open_session(capacity=1)
    now = timezone.now()
    seated, asked = (
        registrations.register(
            session=session,
            person=resident(character),
            submission=uuid4(),
            how="phone",
            or_wait=True,
            now=now,
        )
        for character in (HARU, AKIKO)
    )
    path = f"/ja/classes/registered/{confirmation_token(asked)}/"
    promise = "席が空いたときにも、お知らせします"
    assert promise in client.get(path).content.decode()
    registrations.cancel(registration=seated, now=now)

    offered = client.get(path).content.decode()

    assert promise not in offered
    assert 'class="button" href="' in offered


def test_a_class_that_fills_while_somebody_types_keeps_everything_and_offers_to_wait(
    client, open_session, in_ten_days, resident
):
    session = open_session(capacity=1)
    other = open_session(starts_at=in_ten_days + timedelta(days=7))
    typed = answers(LINH, note="Tôi cần phiên dịch", wants_news="on", companion="on")
    page = check_page(client, session, typed, "vi").content.decode()
    registrations.register(
        session=session, person=resident(HARU), submission=uuid4(), how="phone", now=timezone.now()
    )
    full = client.post(address(session, "vi"), {**carried_in(page), "go": "send"}).content.decode()
    assert Registration.objects.count() == 1
    assert LINH.name in full
    assert full.count('name="go" value="wait"') == 1
    assert carried_in(full).items() >= typed.items()
    assert f'formaction="{address(other, "vi")}"' in full

    # Either the other day, with everything typed …
    check = client.post(address(other, "vi"), {**carried_in(full), "go": "check"}).content.decode()
    assert "Tôi cần phiên dịch" in check
    assert carried_in(check)["step"] == "check"
    # … or one press, and the person waits.
    client.post(address(session, "vi"), {**carried_in(full), "go": "wait"})
    waiting = Registration.objects.get(state="waiting")
    assert (waiting.person.name, waiting.companion) == (LINH.name, True)


def test_a_double_click_on_waiting_takes_one_place_in_line(client, open_session):
    full, submission = open_session(capacity=1, seats_taken=1), uuid4()
    first = confirm(client, full, answers(LINH), submission=submission, go="wait")
    second = confirm(client, full, answers(LINH), submission=submission, go="wait")
    assert first["Location"] == second["Location"]
    full.refresh_from_db()
    assert (full.waiting, Registration.objects.count()) == (1, 1)


def test_the_last_press_in_a_rush_costs_the_database_few_statements(
    client, open_session, django_assert_max_num_queries
):
    full = open_session(capacity=1, seats_taken=1)
    # Fourteen, and what sets the transaction apart from that of the test.
    with django_assert_max_num_queries(17):
        assert confirm(client, full, answers(LINH), go="wait").status_code == 302


def test_who_would_wait_gets_a_seat_that_has_come_free_meanwhile(client, session):
    confirm(client, session, answers(LINH), go="wait")
    assert Registration.objects.get().state == "registered"


def test_what_people_bring_and_need_is_kept_and_read_back(client, open_session):
    lends = open_session(handsets=3)
    typed = answers(
        HARU,
        birth_year="昭和19年",
        needs_handset="loan",
        wish="孫とビデオ通話をしたい",
        hearing="on",
        wants_ride="on",
    )
    check = check_page(client, lends, typed).content.decode()
    assert "孫とビデオ通話をしたい" in check
    done = client.post(address(lends), {**carried_in(check), "go": "send"})
    registration = Registration.objects.get()
    assert registration.needs_handset
    assert registration.person.birth_year == HARU.birth_year
    assert registration.needs == Needs(wish="孫とビデオ通話をしたい", hearing=True, wants_ride=True)
    lends.refresh_from_db()
    assert (lends.seats_taken, lends.handsets_taken) == (1, 1)
    assert "孫とビデオ通話をしたい" in client.get(done["Location"]).content.decode()


def test_a_class_that_lends_asks_which_smartphone_and_one_that_does_not_never_does(
    client, open_session
):
    for lends, asks in ((open_session(handsets=2), True), (open_session(), False)):
        page = on_page(client, lends, "check", answers(LINH), go="bring").content.decode()
        assert ('name="needs_handset"' in page) is asks
    unanswered = confirm(client, open_session(handsets=2), answers(LINH)).content.decode()
    assert carried_in(unanswered)["step"] == "bring"
    assert not Registration.objects.exists()


def test_when_the_last_smartphone_is_lent_one_can_wait_or_bring_ones_own(client, open_session):
    lends = open_session(handsets=1, handsets_taken=1, seats_taken=1)
    typed = answers(LINH, needs_handset="loan")
    said = "貸出用のスマートフォンがもうありません"
    assert said in check_page(client, lends, typed).content.decode()
    full = confirm(client, lends, typed).content.decode()
    assert 'name="go" value="wait"' in full
    confirm(client, lends, {**typed, "needs_handset": "own"})
    assert Registration.objects.get().state == "registered"


def for_haru(**changes):
    """Akiko registers her mother, who has nothing but her daughter's telephone."""
    asked_by = {"asker_name": AKIKO.name, "asker_phone": AKIKO.phone, "asker_email": ""}
    return answers(HARU, relation="family", phone="", **asked_by, **changes)


def test_a_daughter_registers_her_mother_and_is_the_one_who_is_told(client, session):
    done = confirm(client, session, for_haru())
    registration = Registration.objects.get()
    assert (registration.person.name, registration.relation) == (HARU.name, "family")
    assert registration.asked_by.name == AKIKO.name
    message = Message.objects.get()
    assert message.contact == registration.asked_by
    assert (
        f"/my/{resident_token(registration.asked_by)}/"
        in client.get(done["Location"]).content.decode()
    )


def test_a_mother_with_a_telephone_of_her_own_is_told_as_well(client, session):
    confirm(client, session, {**for_haru(), "phone": HARU.phone})
    told = set(Message.objects.values_list("contact__name", flat=True))
    assert told == {HARU.name, AKIKO.name}


def test_who_asks_for_another_must_be_reachable(client, session):
    page = confirm(client, session, {**for_haru(), "asker_phone": ""}).content.decode()
    assert carried_in(page)["step"] == "asker"
    assert not Registration.objects.exists()


def test_a_double_click_for_somebody_without_a_telephone_is_one_seat(client, session):
    submission = uuid4()
    first = confirm(client, session, for_haru(), submission=submission)
    second = confirm(client, session, for_haru(), submission=submission)
    assert first["Location"] == second["Location"]
    assert (Registration.objects.count(), Person.objects.count()) == (1, 1)


def test_somebody_without_a_telephone_is_known_by_who_registers_them(client, session):
    confirm(client, session, for_haru())
    again = confirm(client, session, for_haru(wish="地図")).content.decode()
    assert Registration.objects.get().reference in again
    assert Person.objects.count() == 1


def test_a_family_registers_one_by_one_on_one_telephone(client, session):
    for member in (AKIKO, GRANDSON):
        confirm(client, session, answers(member, email=""))
    assert Registration.objects.filter(state="registered").count() == 2
    session.refresh_from_db()
    assert session.seats_taken == 2


@pytest.mark.parametrize(
    ("change", "status"),
    [
        pytest.param({"starts_at": "past"}, 410, id="begun"),
        pytest.param({"state": "called_off"}, 410, id="called off"),
    ],
)
def test_a_class_that_is_over_or_off_says_what_to_do(client, open_session, change, status):
    if "starts_at" in change:
        change = {"starts_at": timezone.now() - timedelta(minutes=1)}
    session = open_session(**change)
    for response in (client.get(address(session)), confirm(client, session, answers(LINH))):
        assert response.status_code == status
        assert "0186-00-0100" in response.content.decode()
    assert LINH.name in response.content.decode()
    assert not Registration.objects.exists()


def test_a_class_that_never_was_says_so_in_the_shell_of_the_site(client, db):
    response = client.get("/ja/classes/9999/register/")
    assert response.status_code == 404
    assert "0186-00-0100" in response.content.decode()
    typed = client.post("/ja/classes/9999/register/", answers(LINH))
    assert typed.status_code == 404
    assert LINH.name in typed.content.decode()


@pytest.mark.parametrize("token", ["C-777777", "C-777777.forged", "x"])
def test_a_link_that_is_not_ours_is_a_kind_page(client, db, token):
    response = client.get(f"/ja/classes/registered/{token}/")
    assert response.status_code == 404
    assert "/ja/lost/" in response.content.decode()


def test_a_cancelled_registration_no_longer_promises_a_seat(client, session):
    confirm(client, session, answers(LINH))
    registration = Registration.objects.get()
    registrations.cancel(registration=registration, now=timezone.now())
    page = client.get(f"/vi/classes/registered/{confirmation_token(registration)}/")
    text = page.content.decode()
    assert "notice--done" not in text
    assert registration.reference in text


def test_the_list_shows_seats_as_words_and_a_way_to_register(open_session):
    free, few = open_session(), open_session(capacity=10, seats_taken=9)
    full = open_session(capacity=10, seats_taken=10)
    sessions = ClassSession.objects.upcoming(now=timezone.now())
    with translation.override("vi"):
        html = render_to_string(
            "classes/session_list.html", {"sessions": sessions, "city_phone": "0186-00-0100"}
        )
    assert address(free, "vi") in html
    assert address(few, "vi") in html
    # A full class takes people into its line.
    assert address(full, "vi") in html
    assert html.count("seats--free") == html.count("seats--few") == html.count("seats--full") == 1
    assert free.course.title_vi in html
    assert not re.search(r"\b(1|9|10) ?/ ?10\b", html)


def test_a_class_that_is_over_repeats_no_number_of_a_card(client, open_session):
    over = open_session(starts_at=timezone.now() - timedelta(hours=1))
    open_session()
    typed = answers(HARU, note=f"ハル {PERSONAL_NUMBER}")
    page = check_page(client, over, typed).content.decode()
    assert "ハル ●●●" in page
    assert PERSONAL_NUMBER not in page
