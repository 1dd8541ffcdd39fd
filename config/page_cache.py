"""Keeps the public pages that are only read, so that a warm page costs two looks into the cache.

A response is kept when its view said so (`Cache-Control: public`) and it sets no cookie. The key
holds a generation, a random word that every process reads from the shared cache; whatever changes
what pages show replaces it (`forget_pages`), so a page rendered from old rows while the change was
committed is stored under the old word and never served. Where the cache loses the word, a new one
is made: nothing kept before can come back.
"""

from collections.abc import Callable
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_max_age
from django.utils.text import compress_string
from wagtail.models import PageViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from outreach.classes.signals import schedule_changed
from outreach.reception.signals import openings_changed

GENERATION = "pages:generation"


def forget_pages(**_: Any) -> None:
    """Make every kept page stale; a receiver for what changes in the town."""
    cache.set(GENERATION, token_hex(8), None)


def forget_pages_on_commit(**_: Any) -> None:
    """The same once the present transaction stands; a receiver for Wagtail's page signals."""
    transaction.on_commit(forget_pages)


def listen() -> None:
    """Connect everything that changes what pages show."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(forget_pages_on_commit, dispatch_uid="pages:forget")
    for signal in (post_save, post_delete):
        # Pages that are closed to some, or no longer.
        signal.connect(forget_pages_on_commit, PageViewRestriction, dispatch_uid="pages:forget")
    for changed in (schedule_changed, openings_changed):
        changed.connect(forget_pages, dispatch_uid="pages:forget")


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not may_be_kept(request):
            return self.get_response(request)
        gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        key = page_key(request, gzip=gzip)
        kept = cache.get(key)
        if kept is None:
            response = self.get_response(request)
            if not is_keepable(request, response):
                return response
            kept = (packed(response, gzip=gzip), dict(response.items()))
            cache.set(key, kept, get_max_age(response))
        return answer(request, *kept)


def may_be_kept(request: HttpRequest) -> bool:
    """Whether the request could be answered for everybody: a plain reading, by nobody known."""
    return (
        request.method in ("GET", "HEAD")
        and not request.META.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in request.META.get("HTTP_COOKIE", "")
    )


def page_key(request: HttpRequest, *, gzip: bool) -> str:
    generation = cache.get(GENERATION)
    if generation is None:
        cache.add(GENERATION, token_hex(8), None)
        generation = cache.get(GENERATION)
    place = f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{request.path}"
    return f"page:{generation}:{gzip:d}:{sha256(place.encode()).hexdigest()}"


def is_keepable(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and not varies(response)
        and "public" in response.get("Cache-Control", "")
        and bool(get_max_age(response))
    )


def varies(response: HttpResponse) -> bool:
    """Whether the answer depends on more than its address and encoding, such as a cookie."""
    named = (name.strip().lower() for name in response.get("Vary", "").split(","))
    return any(name not in ("", "accept-encoding") for name in named)


def packed(response: HttpResponse, *, gzip: bool) -> bytes:
    """The body as it travels; sets the headers that belong to it."""
    body = response.content
    response["ETag"] = f'"{sha256(body).hexdigest()[:32]}{"-gz" if gzip else ""}"'
    response["Vary"] = "Accept-Encoding"
    if gzip:
        body = compress_string(body)
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(body))
    return body


def answer(request: HttpRequest, body: bytes, headers: dict[str, str]) -> HttpResponse:
    """The kept page, or 304 to a browser that has it already."""
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    if asked and headers["ETag"] in (tag.strip().removeprefix("W/") for tag in asked.split(",")):
        unchanged = HttpResponseNotModified()
        for name in ("ETag", "Cache-Control", "Vary"):
            unchanged[name] = headers[name]
        return unchanged
    return HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)
