from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.languages import translated_search_fields, translated_tabs
from cms.models.translated_page import TranslatedPage
from outreach.classes.schedule import Schedule


class ClassSchedulePage(TranslatedPage, Page):
    """The list of classes residents can still register for; its rows come from the town."""

    headline = models.CharField(max_length=120)
    summary = models.TextField(blank=True)

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    search_fields = [*Page.search_fields, *translated_search_fields(headline=3, summary=1)]
    edit_handler = translated_tabs(translated=["headline", "summary"])

    class Meta:
        verbose_name = _("class schedule")
        verbose_name_plural = _("class schedules")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["schedule"] = Schedule(request.GET, now=timezone.now())
        return context
