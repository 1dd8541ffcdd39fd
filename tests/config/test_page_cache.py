"""What is kept, for whom, and when it is forgotten."""

import gzip
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.dispatch import Signal
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from cms.models import GuidePage
from config.page_cache import GENERATION, PageCacheMiddleware, forget_pages
from outreach.classes.signals import schedule_changed
from outreach.places.models import Venue
from outreach.reception.models import ReceptionPoint
from outreach.reception.signals import openings_changed
from tests.planted_site import Planting

PATH = "/en/guides/card-renewal/"


class Site:
    """A view that counts how often it had to work, behind the page cache."""

    def __init__(self, **headers: str) -> None:
        self.headers = {"Cache-Control": "public, max-age=60", **headers}
        self.renderings = 0
        self.cookie = ""
        self.status = 200
        self.cached = PageCacheMiddleware(self._view)

    def _view(self, request: Any) -> HttpResponse:
        self.renderings += 1
        body = f"page {self.renderings} " + "x" * 500
        response = HttpResponse(body, status=self.status, headers=self.headers)
        if self.cookie:
            response.set_cookie(self.cookie, "1")
        return response

    def get(self, path: str = "/ja/", **more: Any) -> HttpResponse:
        return self.cached(RequestFactory().get(path, **more))


def test_a_page_is_rendered_once() -> None:
    pages = Site()
    first, second = pages.get(), pages.get()
    assert pages.renderings == 1
    assert first.content == second.content
    assert dict(first.items()) == dict(second.items())


def test_each_address_and_host_is_kept_apart() -> None:
    pages = Site()
    answers = [
        pages.get("/ja/"),
        pages.get("/en/"),
        pages.get("/ja/", HTTP_HOST="other.example.jp"),
    ]
    assert len({answer.content for answer in answers}) == 3


def test_forgetting_makes_every_page_stale() -> None:
    pages = Site()
    pages.get()
    forget_pages()
    pages.get()
    assert pages.renderings == 2


def test_a_page_rendered_while_things_changed_is_never_served() -> None:
    pages = Site()
    render = pages.cached.get_response

    def slowly(request: Any) -> HttpResponse:
        response = render(request)
        forget_pages()  # another process commits a change after this page read its rows
        return response

    pages.cached.get_response = slowly
    pages.get()
    pages.cached.get_response = render
    pages.get()
    assert pages.renderings == 2


def test_a_lost_generation_revives_nothing() -> None:
    pages = Site()
    pages.get()
    cache.delete(GENERATION)
    pages.get()
    assert pages.renderings == 2


def test_a_browser_that_has_the_page_gets_304_without_a_body() -> None:
    pages = Site()
    tag = pages.get()["ETag"]
    again = pages.get(headers={"if-none-match": f'W/{tag}, "other"'})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == tag
    assert again["Cache-Control"] == "public, max-age=60"


def test_a_browser_with_an_older_page_gets_the_new_one() -> None:
    pages = Site()
    pages.get()
    assert pages.get(headers={"if-none-match": '"older"'}).status_code == 200


def test_browsers_that_take_gzip_get_the_same_page_packed_under_a_tag_of_its_own() -> None:
    pages = Site()
    packed = pages.get(headers={"accept-encoding": "gzip, br"})
    packed_again = pages.get(headers={"accept-encoding": "gzip, br"})
    plain = pages.get()
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed_again.content).startswith(b"page 1 ")
    assert plain.content.startswith(b"page 2 ")
    assert not plain.has_header("Content-Encoding")
    assert packed["ETag"] != plain["ETag"]
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"


def test_head_tells_the_length_and_sends_nothing() -> None:
    pages = Site()
    full = pages.get()
    head = pages.cached(RequestFactory().head("/ja/"))
    assert pages.renderings == 1
    assert head.content == b""
    assert head["Content-Length"] == str(len(full.content))


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Cache-Control": "no-store"}, id="nothing may store it"),
        pytest.param({"Cache-Control": "private, max-age=60"}, id="private"),
        pytest.param({"Cache-Control": "public, max-age=0"}, id="stale at once"),
        pytest.param({"Vary": "Cookie"}, id="varies by cookie"),
        pytest.param({"Vary": "Accept-Encoding, Accept-Language"}, id="varies by language"),
        pytest.param({"Content-Encoding": "br"}, id="already packed"),
    ],
)
def test_what_is_not_for_everyone_is_not_kept(headers: dict[str, str]) -> None:
    pages = Site(**headers)
    pages.get()
    pages.get()
    assert pages.renderings == 2


def test_an_answer_that_sets_a_cookie_is_not_kept() -> None:
    pages = Site()
    pages.cookie = "csrftoken"
    pages.get()
    assert pages.get().cookies
    assert pages.renderings == 2


@pytest.mark.parametrize("status", [302, 404, 500])
def test_only_pages_are_kept(status: int) -> None:
    pages = Site()
    pages.status = status
    pages.get()
    pages.get()
    assert pages.renderings == 2


def test_an_address_with_a_query_is_answered_afresh() -> None:
    pages = Site()
    pages.get("/ja/?page=2")
    pages.get("/ja/?page=2")
    assert pages.renderings == 2


def test_sending_a_form_is_never_answered_from_the_cache() -> None:
    pages = Site()
    pages.get()
    for _ in range(2):
        pages.cached(RequestFactory().post("/ja/"))
    assert pages.renderings == 3


def test_a_visitor_with_a_session_neither_fills_nor_reads_the_cache() -> None:
    pages = Site()
    known = {"HTTP_COOKIE": "sessionid=abc"}
    pages.get(**known)
    anonymous = pages.get()
    assert pages.get(**known).content != anonymous.content
    assert pages.get().content == anonymous.content


def test_a_visitor_with_only_a_form_cookie_reads_the_cache() -> None:
    pages = Site()
    pages.get()
    pages.get(HTTP_COOKIE="csrftoken=abc")
    assert pages.renderings == 1


# --- The real pages behind it ------------------------------------------------------------------


@pytest.fixture
def guide(db: None, planting: Planting) -> GuidePage:
    planting.again()
    return GuidePage.objects.get(content_slug="card-renewal")


def test_a_guide_says_that_it_may_be_kept_and_sets_no_cookie(
    guide: GuidePage, client: Client
) -> None:
    response = client.get(PATH)
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Vary"] == "Accept-Encoding"
    assert response["ETag"]
    assert not response.cookies


def test_a_kept_guide_asks_the_database_nothing(
    guide: GuidePage, client: Client, django_assert_num_queries: Any
) -> None:
    client.get(PATH)
    with django_assert_num_queries(0):
        client.get(PATH)


def test_publishing_shows_at_once(
    guide: GuidePage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.get(PATH)
    guide.headline_en = "Get a new card"
    with django_capture_on_commit_callbacks(execute=True):
        guide.save_revision().publish()
    assert b"Get a new card" in client.get(PATH).content


def test_unpublishing_takes_the_page_away_at_once(
    guide: GuidePage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    client.get(PATH)
    with django_capture_on_commit_callbacks(execute=True):
        guide.unpublish()
    assert client.get(PATH).status_code == 404


def test_a_draft_changes_nothing_that_residents_see(
    guide: GuidePage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    guide.headline_en = "Only a draft"
    with django_capture_on_commit_callbacks(execute=True):
        guide.save_revision()
    assert b"Only a draft" not in client.get(PATH).content


@pytest.mark.parametrize("changed", [schedule_changed, openings_changed])
def test_what_changes_in_the_town_makes_pages_stale(
    guide: GuidePage, client: Client, changed: Signal
) -> None:
    client.get(PATH)
    before = cache.get(GENERATION)
    changed.send(sender=None)
    assert cache.get(GENERATION) != before


def test_changing_a_counter_in_the_editors_lists_makes_pages_stale(
    guide: GuidePage, client: Client, venue: Venue, django_capture_on_commit_callbacks: Any
) -> None:
    counter = ReceptionPoint.objects.create(
        kind=ReceptionPoint.Kind.COUNTER, name_ja="臨時の窓口", venue=venue
    )
    assert "臨時の窓口" in client.get(PATH).content.decode()
    staff = Client()
    staff.force_login(User.objects.create_superuser("henshu"))
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(f"/staff/snippets/reception/receptionpoint/delete/{counter.pk}/")
    assert "臨時の窓口" not in client.get(PATH).content.decode()


def test_staff_who_are_logged_in_get_a_page_nobody_stores(guide: GuidePage, client: Client) -> None:
    client.force_login(User.objects.create_superuser("shokuin"))
    assert client.get(PATH)["Cache-Control"] == "private, no-store"


def test_a_page_behind_a_password_is_stored_by_nobody(guide: GuidePage, client: Client) -> None:
    PageViewRestriction.objects.create(
        page=guide.page_ptr, restriction_type=PageViewRestriction.PASSWORD, password="kazuno"
    )
    asked = client.get(PATH)
    assert "public" not in asked.get("Cache-Control", "")
    address = f"/_util/authenticate_with_password/1/{guide.pk}/"
    assert address.encode() not in Client().get("/en/guides/").content
    assert not guide.is_for_everyone(RequestFactory().get(PATH))


def test_closing_a_page_to_some_makes_what_was_kept_stale(
    guide: GuidePage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    assert client.get(PATH).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(
            page=guide.page_ptr, restriction_type=PageViewRestriction.LOGIN
        )
    assert client.get(PATH).status_code == 302


def test_deleting_a_page_makes_what_was_kept_stale(
    guide: GuidePage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    assert client.get(PATH).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        guide.delete()
    assert client.get(PATH).status_code == 404
