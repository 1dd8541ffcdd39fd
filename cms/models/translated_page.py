from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from modeltranslation.utils import build_localized_fieldname


class TranslatedPage:
    """A page whose fields are translated one by one: previews and alternates per language.

    ``headline`` decides whether a language is there: a page without one falls back to Japanese,
    and is not announced to search engines in that language.
    """

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    @property
    def default_preview_mode(self) -> str:
        return settings.LANGUAGE_CODE

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        code = mode_name if mode_name in known else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code  # type: ignore[attr-defined]
            response = super().serve_preview(request, "")  # type: ignore[misc]
            if hasattr(response, "render") and not response.is_rendered:
                response.render()  # inside the override: a lazy template would speak Japanese
            return response

    def is_filled(self, code: str) -> bool:
        """Whether residents of one language find a text of their own here."""
        return bool(getattr(self, build_localized_fieldname("headline", code)))

    def filled_languages(self) -> list[str]:
        return [code for code, _ in settings.LANGUAGES if self.is_filled(code)]

    def alternates(self, request: HttpRequest | None = None) -> list[tuple[str, str]]:
        """(language tag, full URL) of every language that is really filled."""
        found = []
        for code in self.filled_languages():
            with translation.override(code):
                url = self.get_full_url(request)  # type: ignore[attr-defined]
            found.append((settings.LANGUAGE_TAGS[code], url))
        return found

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        own = super().get_sitemap_urls(request)  # type: ignore[misc]
        alternates = self.alternates(request)
        if not own or not alternates:
            return own
        links = [{"lang_code": tag, "location": url} for tag, url in alternates]
        return [{**own[0], "location": url, "alternates": links} for _, url in alternates]
