from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.languages import translated_search_fields, translated_tabs
from cms.models.guide_page import SESSIONS_SHOWN, GuidePage
from cms.models.translated_page import TranslatedPage
from outreach.classes.models import ClassSession


class HomePage(TranslatedPage, Page):
    """The first page of every language: what residents come for, one tap away."""

    headline = models.CharField(max_length=120)
    summary = models.TextField(blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.GuideIndexPage", "cms.ClassSchedulePage"]
    search_fields = [*Page.search_fields, *translated_search_fields(headline=3, summary=1)]
    edit_handler = translated_tabs(translated=["headline", "summary"])

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["guides"] = GuidePage.objects.descendant_of(self).to_choose_from()
        upcoming = ClassSession.objects.to_register_for(now=timezone.now())
        context["sessions"] = upcoming[:SESSIONS_SHOWN]
        return context
