import pytest
from django.core.signing import Signer
from django.test import override_settings

from notifications.links import (
    UnknownToken,
    contact_of_short_token,
    contact_of_token,
    my_url,
    resident_token,
    short_url,
)


def test_a_token_leads_back_to_its_contact(linh):
    assert contact_of_token(resident_token(linh)) == linh


def test_a_token_holds_no_personal_fact(linh):
    token = resident_token(linh)

    assert token.split(".")[0] == str(linh.pk)
    assert len(token) < 60


@pytest.mark.parametrize(
    "forge",
    [
        pytest.param(lambda token: "", id="nothing"),
        pytest.param(lambda token: token[:-1], id="cut short by a phone"),
        pytest.param(lambda token: "9" + token, id="somebody else's key"),
        pytest.param(lambda token: token.split(".")[0], id="no signature"),
        pytest.param(lambda token: Signer(sep=".").sign("1"), id="signed for another use"),
        pytest.param(
            lambda token: Signer(salt="notifications.links", sep=".").sign("x"), id="no key"
        ),
    ],
)
def test_a_token_that_is_not_ours_is_unknown(linh, forge):
    with pytest.raises(UnknownToken):
        contact_of_token(forge(resident_token(linh)))


def test_the_token_of_a_person_no_longer_on_record_is_unknown(linh):
    token = resident_token(linh)
    linh.delete()

    with pytest.raises(UnknownToken):
        contact_of_token(token)


def test_the_link_is_absolute_and_in_the_residents_language(linh, settings):
    settings.SITE_URL = "https://todoke.example.jp"

    assert my_url(linh) == f"https://todoke.example.jp/vi/my/{resident_token(linh)}/"


@override_settings(ROOT_URLCONF="wagtail.admin.urls")
def test_a_host_that_serves_staff_alone_still_writes_residents_links(linh):
    assert my_url(linh).startswith("http://testserver/vi/my/")


def test_a_short_link_leads_back_to_its_contact_and_leaves_room_in_an_sms(linh, settings):
    token = short_url(linh).removeprefix(f"{settings.SITE_URL}/o/")

    assert contact_of_short_token(token) == linh
    assert len(token) <= len(str(linh.pk)) + 12


@pytest.mark.parametrize("token", ["", ".", "1", "1.", "x.abcdefghijk", "1.ÄÖÜ"])
def test_a_short_link_that_is_not_ours_is_unknown(linh, token):
    with pytest.raises(UnknownToken):
        contact_of_short_token(token)


def test_the_short_link_of_a_person_no_longer_on_record_is_unknown(linh, settings):
    token = short_url(linh).rpartition("/")[2]
    linh.delete()

    with pytest.raises(UnknownToken):
        contact_of_short_token(token)
