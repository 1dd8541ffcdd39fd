"""Keeps the public pages that are only read, so that a warm page costs one look into the cache.

A response is kept when its view said so (`Cache-Control: public`) and it sets no cookie. The key
holds a generation number; whatever changes what pages show raises it (`forget_pages`), so a page
rendered from old rows while the change was committed can never be served after it.
"""

from collections.abc import Callable
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_max_age
from django.utils.text import compress_string

GENERATION = "pages:generation"


def forget_pages(**_: object) -> None:
    """Make every kept page stale; a receiver for `schedule_changed` and Wagtail's page signals."""
    try:
        cache.incr(GENERATION)
    except ValueError:
        cache.set(GENERATION, 1, None)


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.META.get("QUERY_STRING"):
            return self.get_response(request)
        gzip = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        generation = cache.get(GENERATION, 0)
        host = request.META.get("HTTP_HOST", "")
        key = f"page:{generation}:{gzip:d}:" + sha256(f"{host}{request.path}".encode()).hexdigest()
        kept = cache.get(key)
        if kept is None:
            response = self.get_response(request)
            if not is_keepable(request, response):
                return response
            kept = (packed(response, gzip=gzip), dict(response.items()))
            cache.set(key, kept, get_max_age(response))
        return answer(request, *kept)


def is_keepable(request: HttpRequest, response: HttpResponse) -> bool:
    control = response.get("Cache-Control", "")
    return (
        request.method == "GET"
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "public" in control
        and bool(get_max_age(response))
    )


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
    if request.META.get("HTTP_IF_NONE_MATCH") == headers["ETag"]:
        unchanged = HttpResponseNotModified()
        for name in ("ETag", "Cache-Control", "Vary"):
            unchanged[name] = headers[name]
        return unchanged
    return HttpResponse(body, headers=headers)
