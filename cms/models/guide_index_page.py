from django.db import models
from wagtail.models import Page

from cms.languages import translated_search_fields, translated_tabs
from cms.models.translated_page import TranslatedPage


class GuideIndexPage(TranslatedPage, Page):
    """The list of service guides."""

    headline = models.CharField(max_length=120)
    summary = models.TextField(blank=True)

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GuidePage"]
    search_fields = [*Page.search_fields, *translated_search_fields(headline=3, summary=1)]
    edit_handler = translated_tabs(translated=["headline", "summary"])
