"""How one person wants to be reached: shown, changed and agreed to."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation

from notifications.actions import consents
from notifications.models import Consent, ContactPoint
from outreach.desk import consent_wordings
from outreach.people.models import AccessRecord
from tests.cast import AKIKO, GRANDSON, HARU, LINH

PERSONAL_NUMBER = "123456789018"


@pytest.fixture
def officer(log_in):
    return log_in("desk")


@pytest.fixture
def akiko(person_of):
    return person_of(AKIKO)


def address(person, name="wishes", *more):
    return reverse(f"desk_staff:{name}", args=[person.pk, *more])


def store(client, person, **changes):
    answers = {"language": "ja", "first": "", "second": "", "third": ""}
    return client.post(address(person), {**answers, **changes})


def heard(person, purpose):
    return consent_wordings.wording(purpose, person.contact, language=person.contact.language)


def agree(client, person, purpose, **changes):
    answers = {"deed": "give", "how": "phone", "heard": heard(person, purpose)}
    return client.post(address(person, "wishes_consent", purpose), {**answers, **changes})


def test_language_channels_and_silence_are_changed_and_recorded(officer, staff, akiko):
    store(officer, akiko, language="en", first="email", second="call", do_not_contact="on")

    akiko.contact.refresh_from_db()
    assert akiko.contact.language == "en"
    assert akiko.contact.channel_order == ["email", "call"]
    assert akiko.contact.do_not_contact
    record = AccessRecord.objects.get(action="change")
    assert (record.by, record.person, record.screen) == (staff("desk"), akiko, "wishes")


def test_a_language_nobody_offers_is_refused(officer, akiko):
    page = store(officer, akiko, language="xx").content.decode()

    akiko.contact.refresh_from_db()
    assert akiko.contact.language == "ja"
    assert "error-summary" in page


@pytest.mark.parametrize("may_see", [True, False])
def test_protection_is_seen_and_set_only_with_the_permission(officer, staff, akiko, may_see, roles):
    akiko.contact.protected = True
    akiko.contact.save()
    if not may_see:
        group = staff("desk").groups.get()
        group.permissions.remove(Permission.objects.get(codename="see_protection"))

    page = officer.get(address(akiko)).content.decode()
    store(officer, akiko)

    akiko.contact.refresh_from_db()
    assert ('name="protected"' in page) is may_see
    assert ("支援措置" in page) is may_see
    assert akiko.contact.protected is not may_see


def test_a_protected_address_is_not_shown(officer, akiko):
    akiko.contact.points.create(kind="post", value="花輪字八正寺13")
    assert "八正寺" in officer.get(address(akiko)).content.decode()
    akiko.contact.protected = True
    akiko.contact.save()

    assert "八正寺" not in officer.get(address(akiko)).content.decode()


def test_who_shares_a_number_is_listed_with_their_language_and_recorded(officer, akiko, person_of):
    grandson = person_of(GRANDSON)
    grandson.contact.language = "en"
    grandson.contact.save()

    page = officer.get(address(akiko)).content.decode()

    assert address(grandson) in page
    assert "English" in page.partition(address(grandson))[2]
    assert {record.person for record in AccessRecord.objects.all()} == {akiko, grandson}


@pytest.mark.parametrize(
    ("was", "state", "reason", "becomes"),
    [
        pytest.param("usable", "wrong", "", "wrong", id="wrong needs no reason"),
        pytest.param("wrong", "usable", "本人が確認", "usable", id="usable again with one"),
        pytest.param("wrong", "usable", " ", "wrong", id="usable again without one"),
        pytest.param("stopped", "usable", "", "stopped", id="a STOP without a reason"),
        pytest.param("stopped", "usable", PERSONAL_NUMBER, "stopped", id="a card number"),
    ],
)
def test_a_number_changes_its_state(officer, akiko, was, state, reason, becomes):
    ContactPoint.objects.filter(kind="phone").update(state=was)
    phone = akiko.contact.points.get(kind="phone")

    response = officer.post(
        address(akiko, "wishes_point", phone.pk), {"state": state, "reason": reason}
    )

    phone.refresh_from_db()
    assert phone.state == becomes
    assert PERSONAL_NUMBER not in response.content.decode()
    assert phone.events.exists() is (was != becomes)


def test_a_number_of_somebody_else_is_not_found(officer, akiko, person_of):
    phone = person_of(LINH).contact.points.get()

    response = officer.post(address(akiko, "wishes_point", phone.pk), {"state": "wrong"})

    assert response.status_code == 404
    phone.refresh_from_db()
    assert phone.state == "usable"


def test_a_yes_is_stored_with_the_sentence_that_was_heard(officer, staff, person_of):
    linh = person_of(LINH)
    page = officer.get(address(linh)).content.decode()
    assert f'lang="vi">{heard(linh, "class-news")}' in page

    agree(officer, linh, "class-news", how="in_person")

    consent = Consent.objects.get()
    assert (consent.how, consent.by) == ("in_person", staff("desk"))
    assert consent.wording == heard(linh, "class-news")
    assert AccessRecord.objects.filter(action="change", person=linh).count() == 1


def test_a_yes_to_automatic_calls_names_the_numbers(officer, person_of):
    haru = person_of(HARU)

    agree(officer, haru, "automatic-call")

    assert "0186-00-0111" in Consent.objects.get().wording
    assert haru.contact.takes_automatic_calls()


def test_who_has_no_number_in_use_cannot_agree_to_be_called(officer, person_of):
    haru = person_of(HARU)
    sentence = heard(haru, "automatic-call")
    ContactPoint.objects.update(state="wrong")

    page = officer.get(address(haru)).content.decode()
    agree(officer, haru, "class-news")
    officer.post(
        address(haru, "wishes_consent", "automatic-call"),
        {"deed": "give", "how": "phone", "heard": sentence},
    )

    assert sentence not in page
    assert list(Consent.objects.values_list("purpose", flat=True)) == ["class-news"]


@pytest.mark.parametrize(
    "changes",
    [{"heard": "何でも"}, {"heard": ""}, {"how": ""}, {"how": "web"}],
    ids=["another sentence", "no sentence", "no way", "a way officers do not have"],
)
def test_a_yes_without_sentence_or_way_is_refused(officer, akiko, changes):
    page = agree(officer, akiko, "class-news", **changes).content.decode()

    assert not Consent.objects.exists()
    assert "error-summary" in page


def test_what_was_refused_stands_open_at_its_place(officer, akiko):
    ContactPoint.objects.filter(kind="phone").update(state="wrong")
    phone = akiko.contact.points.get(kind="phone")

    number = officer.post(
        address(akiko, "wishes_point", phone.pk), {"state": "usable", "reason": "x" * 201}
    ).content.decode()
    consent = agree(officer, akiko, "class-news", how="").content.decode()

    assert number.count("<details open>") == consent.count("<details open>") == 1
    assert f'href="#reason-{phone.pk}"' in number
    assert f'id="reason-{phone.pk}" maxlength="200" value="{"x" * 201}"' in number
    assert 'href="#how-class-news_0"' in consent
    assert 'id="how-class-news_0"' in consent


@pytest.mark.parametrize("purpose", ["visit", "lottery"])
def test_a_purpose_nobody_agrees_to_is_not_found(officer, akiko, purpose):
    response = officer.post(
        address(akiko, "wishes_consent", purpose), {"deed": "give", "how": "phone", "heard": "x"}
    )

    assert response.status_code == 404


def test_a_yes_is_withdrawn_and_kept_as_history(officer, akiko, now):
    consents.give(contact=akiko.contact, purpose="class-news", how="web", wording="はい。", now=now)
    assert "はい。" in officer.get(address(akiko)).content.decode()

    officer.post(address(akiko, "wishes_consent", "class-news"), {"deed": "withdraw"})

    assert not akiko.contact.has_consent("class-news")
    assert Consent.objects.get().withdrawn_at is not None


def test_every_purpose_that_asks_for_consent_has_words_to_read_aloud():
    assert set(consent_wordings.WORDINGS) >= set(consent_wordings.purposes())


def test_the_sentence_does_not_depend_on_the_language_of_the_screen(person_of):
    linh = person_of(LINH)
    with translation.override("ja"):
        first = heard(linh, "class-news")
    with translation.override("en"):
        assert heard(linh, "class-news") == first


def test_a_person_who_is_not_there_is_not_found(officer, db):
    assert officer.get(reverse("desk_staff:wishes", args=[99])).status_code == 404
