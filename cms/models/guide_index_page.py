from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.languages import translated_search_fields, translated_tabs
from cms.models.guide_page import GuidePage
from cms.models.translated_page import TranslatedPage


class GuideIndexPage(TranslatedPage, Page):
    """The list of service guides."""

    headline = models.CharField(max_length=120)
    summary = models.TextField(blank=True)

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GuidePage"]
    search_fields = [*Page.search_fields, *translated_search_fields(headline=3, summary=1)]
    edit_handler = translated_tabs(translated=["headline", "summary"])

    class Meta:
        verbose_name = _("list of guides")
        verbose_name_plural = _("lists of guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["guides"] = GuidePage.objects.child_of(self).to_choose_from()
        return context
