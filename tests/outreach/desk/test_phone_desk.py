"""The officer's one screen: search, choose, answers, the sentence to say, the reference."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from notifications.models import Message
from notifications.rules.phones import parse_phone
from outreach.classes.models import ClassSession, Registration
from outreach.people.actions import people
from outreach.people.models import AccessRecord, Person
from outreach.people.resemblance import duplicates_of
from tests.cast import AKIKO, GRANDSON, HARU, LINH

pytestmark = pytest.mark.django_db

PERSONAL_NUMBER = "123456789018"
SCREEN = "/staff/phone-desk/"


@pytest.fixture
def desk(log_in):
    return log_in("desk")


@pytest.fixture
def session(make_session, present):
    starts_at = present + timedelta(days=21)
    return make_session(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), capacity=2, handsets=1
    )


def said(desk, words):
    return desk.post(SCREEN, {"step": "search", "said": words}).content.decode()


def travelling(page, button="confirm"):
    """What the form with a button sends along unseen."""
    for form in re.findall(r"<form.*?</form>", page, re.S):
        if f'value="{button}"' in form:
            hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
            return {name: unescape(value) for name, value in hidden}
    raise AssertionError(f"No button {button} on the page:\n{page}")


def chosen(desk, person):
    page = desk.post(SCREEN, {"step": "choose", "person": person.pk}).content.decode()
    return travelling(page, "say")


def told(session, **changes):
    return {"session": session.pk, "handset": "own", "relation": "self", "how": "phone", **changes}


def read_back(desk, person, session, **changes):
    return desk.post(
        SCREEN, {**chosen(desk, person), **told(session, **changes), "step": "say"}
    ).content.decode()


def booked(desk, page):
    return desk.post(SCREEN, {**travelling(page), "step": "confirm"})


def sentence(page):
    return re.search(r'phone-desk__say" lang="ja">(.*?)</blockquote>', page, re.S)[1]


@pytest.mark.parametrize("role", ["editor", "translator", "visitor", "manager"])
def test_only_the_desk_opens_it(log_in, role, person_of):
    person_of(HARU)
    response = log_in(role).post(SCREEN, {"step": "search", "said": "ハル"})
    assert response.status_code in (302, 403)
    assert not AccessRecord.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "ゆきさわ",
        "ﾕｷｻﾜ",
        "ユキサワ　ハル",
        "はる",
        "雪沢",
        "0186-00-0111",
        "0111",
        "０１８６００",
        "+81 186 00 0111",
    ],
)
def test_a_caller_is_found_by_what_they_say(desk, person_of, words):
    haru = people.identify(
        name="雪沢 ハル",
        kana="ユキサワ ハル",
        birth_year=1944,
        phone=parse_phone(HARU.phone),
        language="ja",
    )
    person_of(LINH)
    page = said(desk, words)
    assert haru.name in page
    assert "1944" in page
    assert LINH.name not in page


@pytest.mark.parametrize("words", ["ヤマダ", "999", "9999", "%", "_"])
def test_nobody_is_found_by_what_nobody_is_called(desk, person_of, words):
    person_of(HARU)
    page = said(desk, words)
    assert HARU.name not in page
    assert 'value="new"' in page


def test_everybody_behind_a_shared_number_is_shown(desk, person_of):
    akiko, grandson = person_of(AKIKO), person_of(GRANDSON)
    page = said(desk, AKIKO.phone)
    assert akiko.name in page
    assert grandson.name in page


def test_whoever_a_search_shows_leaves_a_record(desk, person_of):
    haru = person_of(HARU)
    person_of(LINH)
    said(desk, "ユキサワ")
    record = AccessRecord.objects.get()
    assert (record.person, record.action, record.screen) == (haru, "search", "phone-desk")
    assert record.by.username == "madoguchi"


def test_a_card_number_is_neither_looked_for_nor_echoed(desk):
    page = said(desk, PERSONAL_NUMBER)
    assert 'class="error-summary"' in page
    assert PERSONAL_NUMBER not in page


def test_the_address_of_somebody_protected_is_not_shown(desk, person_of, district):
    haru = person_of(HARU)
    haru.district = district
    haru.save()
    haru.contact.points.create(kind="post", value="花輪字八正寺13")
    assert "花輪字八正寺13" in said(desk, "ユキサワ")

    haru.contact.protected = True
    haru.contact.save()
    page = said(desk, "ユキサワ")
    assert haru.name in page
    assert "花輪" not in page


def test_the_classes_somebody_has_are_shown_with_them(desk, person_of, session):
    haru = person_of(HARU)
    booked(desk, read_back(desk, haru, session))
    assert Registration.objects.get().reference in said(desk, "ユキサワ")


def test_a_known_caller_gets_a_seat_a_sentence_and_a_reference(desk, person_of, session):
    haru = person_of(HARU)
    page = read_back(desk, haru, session, hearing="on")
    for expected in (HARU.name, session.course.title_ja, "花輪市民センター", "前のほうのお席"):
        assert expected in sentence(page)
    assert "7日前と前の日に" in sentence(page)
    assert "職員から0186-00-0111へのお電話で" in sentence(page)
    assert not Registration.objects.exists()

    page = desk.get(booked(desk, page)["Location"]).content.decode()
    registration = Registration.objects.get()
    assert (registration.person, registration.how, registration.hearing) == (haru, "phone", True)
    assert registration.taken_by.username == "madoguchi"
    assert registration.reference in page
    assert "シー、" in page
    assert AccessRecord.objects.filter(person=haru, action="change").count() == 1


def test_who_hears_it_on_the_telephone_is_not_called_back_to_hear_it_again(
    desk, person_of, session
):
    booked(desk, read_back(desk, person_of(HARU), session))
    message = Message.objects.get()
    assert (message.channel, message.state) == ("call", "sent")
    assert message.events.get().by.username == "madoguchi"


def test_who_can_read_it_gets_it_in_writing_too(desk, person_of, session):
    booked(desk, read_back(desk, person_of(LINH), session))
    assert Message.objects.get().channel == "sms"


def test_a_paper_form_is_answered_and_kept_as_paper(desk, person_of, session):
    page = read_back(desk, person_of(HARU), session, how="paper", wants_news="on")
    booked(desk, page)
    registration = Registration.objects.get()
    assert registration.how == "paper"
    assert registration.person.contact.consents.get().how == "paper"
    message = Message.objects.get()
    assert (message.channel, message.state) == ("call", "queued")


def test_a_spoken_yes_is_kept_with_the_words_that_were_read(desk, person_of, session):
    page = read_back(desk, person_of(HARU), session, takes_calls="on", wants_news="on")
    assert "自動音声のお電話で" in sentence(page)
    booked(desk, page)
    given = {one.purpose: one for one in Person.objects.get().contact.consents.all()}
    assert set(given) == {"class-news", "automatic-call"}
    assert HARU.phone in given["automatic-call"].wording
    assert {(one.how, one.by.username) for one in given.values()} == {("phone", "madoguchi")}


def test_words_that_changed_since_they_were_read_are_read_again(desk, person_of, session):
    page = read_back(desk, person_of(HARU), session, takes_calls="on")
    sent = {**travelling(page), "heard_takes_calls": "something else", "step": "confirm"}
    page = desk.post(SCREEN, sent).content.decode()
    assert 'class="error-summary"' in page
    assert not Registration.objects.exists()


def new_person(**changes):
    return {
        "person": "new",
        "name": HARU.name,
        "kana": "ゆきさわはる",
        "birth_year": "S19",
        "phone": HARU.phone,
        "language": "ja",
        "step": "describe",
        **changes,
    }


def test_somebody_new_is_written_down_with_the_booking_and_not_before(desk, session):
    page = desk.post(SCREEN, new_person()).content.decode()
    page = desk.post(SCREEN, {**travelling(page, "say"), **told(session), "step": "say"})
    assert not Person.objects.exists()
    booked(desk, page.content.decode())
    person = Person.objects.get()
    assert (person.name, person.kana, person.birth_year) == (HARU.name, HARU.kana, 1944)
    assert person.contact.points.get().value == "+81186000111"


def test_a_new_entry_that_could_be_somebody_on_record_is_shown_them(desk, person_of, session):
    haru = person_of(HARU)
    page = desk.post(SCREEN, new_person(name="雪澤ハル", phone="")).content.decode()
    assert f'value="{haru.pk}"' in page
    assert 'value="say"' not in page
    assert AccessRecord.objects.filter(person=haru, action="search").count() == 1

    page = desk.post(SCREEN, {**travelling(page, "describe"), "step": "describe"}).content.decode()
    assert 'value="say"' in page


def test_who_is_somebody_else_is_remembered_with_the_booking(desk, person_of, session):
    haru = person_of(HARU)
    page = desk.post(SCREEN, new_person(phone="")).content.decode()
    page = desk.post(SCREEN, {**travelling(page, "describe"), "step": "describe"}).content.decode()
    typed = {**told(session), "asker_phone": AKIKO.phone, "asker_name": "x", "relation": "family"}
    page = desk.post(SCREEN, {**travelling(page, "say"), **typed, "step": "say"}).content.decode()
    booked(desk, page)
    new = Registration.objects.get().person
    assert new != haru
    assert duplicates_of(new) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"birth_year": "1950"}, id="another year of birth"),
        pytest.param({"kana": "ゆきさわなつ", "name": "雪沢ナツ"}, id="the telephone alone"),
    ],
)
def test_who_cannot_be_the_same_is_not_shown(desk, session, change):
    people.identify(
        name=HARU.name,
        kana=HARU.kana,
        birth_year=1944,
        phone=parse_phone(HARU.phone),
        language="ja",
    )
    page = desk.post(SCREEN, new_person(**change)).content.decode()
    assert 'value="say"' in page


def test_somebody_the_officer_called_another_stays_another(desk, person_of, session):
    person_of(HARU)
    page = desk.post(SCREEN, new_person(nobody_else="yes")).content.decode()
    page = desk.post(SCREEN, {**travelling(page, "say"), **told(session), "step": "say"})
    booked(desk, page.content.decode())
    assert Person.objects.count() == 2


def test_another_person_begins_with_empty_answers(desk, person_of, session):
    haru, linh = person_of(HARU), person_of(LINH)
    left = {"wish": "地図の見かた", "asker_name": AKIKO.name, "takes_calls": "on"}
    read_back(desk, haru, session, **left)
    sent = {**left, "session": session.pk, "phone": HARU.phone}
    fresh = desk.post(SCREEN, {"step": "choose", "person": linh.pk})
    after = desk.post(SCREEN, {"step": "choose", "person": linh.pk, **sent})
    assert LINH.name in after.content.decode()
    assert without_marks(after) == without_marks(fresh)
    assert HARU.name not in said(desk, "TRAN")


def without_marks(response):
    """The page without what is new each time it is shown."""
    return re.sub(
        r'name="(submission|csrfmiddlewaretoken)" value="[^"]+"', "", response.content.decode()
    )


def test_a_daughter_calls_for_her_mother(desk, session):
    page = desk.post(SCREEN, new_person(phone="")).content.decode()
    sent = {**travelling(page, "say"), **told(session, relation="family"), "step": "say"}
    page = desk.post(SCREEN, sent).content.decode()
    assert 'class="error-summary"' in page

    sent |= {"asker_name": AKIKO.name, "asker_phone": AKIKO.phone}
    page = desk.post(SCREEN, sent).content.decode()
    assert sentence(page).startswith(f"{AKIKO.name}様、{HARU.name}様の")
    booked(desk, page)
    registration = Registration.objects.get()
    assert (registration.relation, registration.asked_by.name) == ("family", AKIKO.name)
    # The mother has no telephone: what is for her goes to her daughter's.
    assert registration.person.contact.points.get().value == "+819000000013"


def test_somebody_nobody_could_reach_is_not_booked(desk, session):
    page = desk.post(SCREEN, new_person(phone="")).content.decode()
    sent = {**travelling(page, "say"), **told(session), "step": "say"}
    page = desk.post(SCREEN, sent).content.decode()
    assert 'class="error-summary"' in page
    assert "phone-desk__say" not in page


@pytest.mark.parametrize("field", ["wish", "note", "phone_model", "asker_name"])
def test_no_answer_may_hold_a_card_number(desk, person_of, session, field):
    page = read_back(desk, person_of(HARU), session, **{field: PERSONAL_NUMBER})
    assert 'class="error-summary"' in page
    assert PERSONAL_NUMBER not in page


def fill(session):
    ClassSession.objects.filter(pk=session.pk).update(seats_taken=2)


def test_a_full_class_means_a_number_in_line_or_another_day(
    desk, person_of, session, make_session, present
):
    fill(session)
    later = make_session(
        starts_at=present + timedelta(days=30), ends_at=present + timedelta(days=30, hours=1)
    )
    page = read_back(desk, person_of(HARU), session)
    assert "キャンセル待ちの1番目" in sentence(page)
    booked(desk, page)
    registration = Registration.objects.get()
    assert (registration.state, registration.place_in_line) == ("waiting", 1)

    forms = re.findall(r"<form.*?</form>", page, re.S)
    other = next(form for form in forms if f'name="session" value="{later.pk}"' in form)
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', other))
    page = desk.post(SCREEN, {**sent, "step": "say"}).content.decode()
    assert "キャンセル待ち" not in sentence(page)


def test_a_seat_that_goes_while_the_sentence_is_read_is_not_a_number_in_line_unasked(
    desk, person_of, session
):
    page = read_back(desk, person_of(HARU), session)
    fill(session)
    response = booked(desk, page)
    page = response.content.decode()
    assert response.status_code == 409
    assert "キャンセル待ちの1番目" in sentence(page)
    assert not Registration.objects.exists()

    booked(desk, page)
    assert Registration.objects.get().state == "waiting"


def test_who_borrows_where_nothing_is_lent_is_told_at_once(desk, person_of, session):
    ClassSession.objects.filter(pk=session.pk).update(handsets=0)
    page = read_back(desk, person_of(HARU), session, handset="loan")
    assert 'class="error-summary"' in page


def test_two_clicks_are_one_seat_and_a_second_booking_is_told_the_reference(
    desk, person_of, session
):
    haru = person_of(HARU)
    page = read_back(desk, haru, session)
    first = booked(desk, page)
    assert booked(desk, page)["Location"] == first["Location"]
    again = booked(desk, read_back(desk, haru, session)).content.decode()
    assert Registration.objects.get().reference in again


def test_somebody_whose_number_is_wrong_is_asked_for_another(desk, person_of, session):
    haru = person_of(HARU)
    haru.contact.points.update(state="wrong")
    page = desk.post(SCREEN, {"step": "choose", "person": haru.pk}).content.decode()
    sent = {"step": "describe", "person": haru.pk, "phone": "0186-00-0119"}
    assert 'value="describe"' in page
    page = desk.post(SCREEN, sent).content.decode()
    page = desk.post(SCREEN, {**travelling(page, "say"), **told(session), "step": "say"})
    booked(desk, page.content.decode())
    assert haru.contact.usable_points().get().value == "+81186000119"


def test_a_registration_nobody_at_the_desk_took_is_not_shown_as_booked(desk, registration):
    path = reverse("desk_staff:booked", args=[registration.pk])
    assert desk.get(path, follow=True).status_code == 404


def test_an_unknown_person_or_step_leads_nowhere(desk):
    assert desk.post(SCREEN, {"step": "choose", "person": "999"}).status_code == 404
    assert desk.post(SCREEN, {"step": "dance"}).status_code == 200


def test_the_answers_can_be_changed_before_anything_is_booked(desk, person_of, session):
    page = read_back(desk, person_of(HARU), session, wish="地図の見かた", wheelchair="on")
    page = desk.post(SCREEN, {**travelling(page), "step": "answers"}).content.decode()
    assert 'value="地図の見かた"' in page
    assert re.search(r'name="wheelchair"[^>]*checked', page)
    assert re.search(rf'name="session" value="{session.pk}"[^>]*checked', page)
    assert not re.search(r'name="hearing"[^>]*checked', page)
    assert 'class="error-summary"' not in page
