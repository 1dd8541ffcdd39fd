from typing import Any, ClassVar

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from wagtail.models import PageViewRestriction

from cms.page_text import in_column, page_text

# How long a browser or a proxy may show a page before it asks again. Our own cache forgets at
# once when something changes; copies elsewhere cannot be told.
SECONDS_FRESH = 60


class TranslatedPage:
    """A page whose fields are translated one by one: previews and alternates per language.

    ``headline`` decides whether a language is there: a page without one falls back to Japanese,
    and is not announced to search engines in that language.
    """

    text_names: ClassVar[tuple[str, ...]] = ("headline", "summary")
    _restrictions: QuerySet[PageViewRestriction] | None = None

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    @property
    def default_preview_mode(self) -> str:
        return settings.LANGUAGE_CODE

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        code = translation.get_language() or settings.LANGUAGE_CODE
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["text"] = page_text(self, self.text_names, code)  # type: ignore[arg-type]
        context["is_japanese_only"] = not self.is_filled(code)
        context["languages_here"] = self.filled_languages()
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        if self.is_for_everyone(request):
            patch_cache_control(response, public=True, max_age=SECONDS_FRESH)
        else:
            patch_cache_control(response, private=True, no_store=True)
        return response

    def is_for_everyone(self, request: HttpRequest) -> bool:
        """Whether any visitor would get this very answer, so that caches may keep it.

        The session cookie is looked for and not opened: opening it would make the page vary by
        cookie. Staff who are logged in thus always see the newest state.
        """
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return False
        return not self.get_view_restrictions()

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Read once for a page that is served: Wagtail asks who may see it, and we who may keep."""
        if self._restrictions is None:
            self._restrictions = super().get_view_restrictions()  # type: ignore[misc]
        return self._restrictions

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        code = mode_name if mode_name in known else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code  # type: ignore[attr-defined]
            response = super().serve_preview(request, "")  # type: ignore[misc]
            if hasattr(response, "render") and not response.is_rendered:
                response.render()  # inside the override: a lazy template would speak Japanese
            del response.headers["Cache-Control"]
            patch_cache_control(response, private=True, no_store=True)
            return response

    def is_filled(self, code: str) -> bool:
        """Whether residents of one language find a text of their own here."""
        return bool(in_column(self, "headline", code))  # type: ignore[arg-type]

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
