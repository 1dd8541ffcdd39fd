"""The language of a request stands in its path; staff addresses and feeds have none."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.translation import activate, get_language

WITHOUT_LANGUAGE = ("/staff/", "/maps/", "/feeds/", "/opendata/", "/webhooks/", "/documents/")


class LanguageInPathMiddleware(LocaleMiddleware):
    """Django's, with three differences.

    Staff screens speak Japanese until a member of staff chooses otherwise in their profile: the
    browser of an office computer says little about who sits there. A missing staff page stays
    missing: Wagtail's catch-all matches any path behind a language, so that Django would redirect
    every 404 outside to `/ja/…` first. And headers name languages by their tag.
    """

    def process_request(self, request: HttpRequest) -> None:
        if not request.path_info.startswith("/staff/"):
            return super().process_request(request)
        activate(settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE  # type: ignore[attr-defined]
        return None

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        code = get_language() or settings.LANGUAGE_CODE
        response.headers.setdefault("Content-Language", settings.LANGUAGE_TAGS.get(code, code))
        if response.status_code == 404 and request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)
