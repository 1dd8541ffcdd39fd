"""The districts' outlines for anybody: no numbers, kept by browsers and proxies."""

import gzip
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maps.map_paths import packed_paths
from outreach.places.models import BoundarySet

GEOJSON = "application/geo+json"
JSON = "application/json"
FIVE_MINUTES = "public, max-age=300"
FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def districts(request: HttpRequest) -> HttpResponse:
    """The set in force, under the address that does not change."""
    boundary_set = BoundarySet.objects.in_force()
    return _outlines(request, boundary_set, keep=FIVE_MINUTES)


@require_safe
def districts_version(request: HttpRequest, drawing_hash: str) -> HttpResponse:
    """One set for ever, named by the hash of its content."""
    sets = BoundarySet.objects.filter(drawing_hash=drawing_hash).defer("drawing")
    return _outlines(request, sets.order_by("-is_active", "-pk").first(), keep=FOR_GOOD)


@require_safe
def districts_paths(request: HttpRequest, drawing_hash: str) -> HttpResponse:
    """One set for ever, as the map's script draws it."""
    try:
        packed = packed_paths(drawing_hash)
    except BoundarySet.DoesNotExist:
        return _none_here()
    tag = f"{drawing_hash}-paths"
    return _packed(request, lambda: packed, tag=tag, content_type=JSON, keep=FOR_GOOD)


def _outlines(request: HttpRequest, boundary_set: BoundarySet | None, *, keep: str) -> HttpResponse:
    if boundary_set is None:
        return _none_here()
    return _packed(
        request,
        lambda: bytes(boundary_set.drawing),
        tag=boundary_set.drawing_hash,
        content_type=GEOJSON,
        keep=keep,
    )


def _none_here() -> HttpResponse:
    return HttpResponse(
        _("There are no district boundaries here. They come with import_boundaries."),
        status=404,
        content_type="text/plain; charset=utf-8",
    )


def _packed(
    request: HttpRequest, read: Callable[[], bytes], *, tag: str, content_type: str, keep: str
) -> HttpResponse:
    """What `read` gives, gzipped as it is; unpacked for a client that takes no gzip."""
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    # A strong tag names bytes, and the unpacked bytes are others than the packed ones.
    tag = tag if takes_gzip else f"{tag}-plain"
    response = get_conditional_response(request, etag=f'"{tag}"')
    if response is None:
        packed = read()  # only now: a browser that has it costs nothing
        response = HttpResponse(
            packed if takes_gzip else gzip.decompress(packed), content_type=content_type
        )
        if takes_gzip:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = f'"{tag}"'
    response["Cache-Control"] = keep
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
