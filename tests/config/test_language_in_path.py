"""The path says the language; addresses without one stay what they are."""

import pytest
from django.test import Client
from wagtail.users.models import UserProfile


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "language"),
    [
        pytest.param("fil-PH,fil;q=0.9,en;q=0.8", "tl", id="Filipino browser"),
        pytest.param("zh-CN,zh;q=0.9", "zh-hans", id="Chinese browser"),
        pytest.param("vi-VN", "vi", id="Vietnamese browser"),
        pytest.param("fr-FR", "ja", id="a language we do not speak"),
        pytest.param("", "ja", id="no wish"),
    ],
)
def test_the_front_door_leads_to_the_language_of_the_browser(asked: str, language: str) -> None:
    answer = Client().get("/", headers={"accept-language": asked})

    assert answer.status_code == 302
    assert answer["Location"] == f"/{language}/"
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/staff/no-such-page/", "/maps/no-such-map.geojson"])
def test_a_missing_page_outside_the_languages_is_not_looked_for_in_japanese(
    path: str, admin_client: Client
) -> None:
    assert admin_client.get(path).status_code == 404


@pytest.mark.django_db
def test_a_path_without_its_language_finds_it() -> None:
    answer = Client().get("/reminders/", headers={"accept-language": "vi"})

    assert answer["Location"] == "/vi/reminders/"


@pytest.mark.django_db
def test_headers_name_easy_japanese_by_its_tag() -> None:
    assert Client().get("/ja-easy/reminders/")["Content-Language"] == "ja-x-easy"


@pytest.mark.django_db
def test_staff_screens_speak_japanese_whatever_the_browser_says() -> None:
    answer = Client().get("/staff/login/", headers={"accept-language": "en-GB"})

    assert answer["Content-Language"] == "ja"
    assert "ログイン" in answer.content.decode() or "サインイン" in answer.content.decode()


@pytest.mark.django_db
def test_a_member_of_staff_who_chose_english_gets_english(admin_user, admin_client) -> None:
    UserProfile.objects.create(user=admin_user, preferred_language="en")

    assert "Pages" in admin_client.get("/staff/").content.decode()
