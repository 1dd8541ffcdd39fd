from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import BRING_BLOCKS, COST_BLOCKS, STEP_BLOCKS
from cms.languages import translated_search_fields, translated_tabs
from cms.models.translated_page import TranslatedPage
from outreach.classes.models import Course


class GuidePage(TranslatedPage, Page):
    """One service guide: what to do, what to bring, where, until when, whom to call."""

    headline = models.CharField(max_length=120)
    summary = models.TextField()
    deadline = models.TextField(blank=True)
    steps = StreamField(STEP_BLOCKS, blank=True)
    bring = StreamField(BRING_BLOCKS, blank=True)
    costs = StreamField(COST_BLOCKS, blank=True)
    where = models.TextField(blank=True)
    warning = models.TextField(blank=True)
    # A person read this language's text and stands by it; until then it carries the mark 仮訳.
    approved = models.BooleanField(default=False)

    phone = models.CharField(max_length=20, blank=True)  # empty: the city's own number
    last_checked_on = models.DateField(null=True, blank=True)
    related_course = models.ForeignKey(
        Course, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    parent_page_types = ["cms.GuideIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *Page.search_fields,
        *translated_search_fields(headline=3, summary=2, steps=1, bring=1, where=1, warning=1),
    ]
    edit_handler = translated_tabs(
        shared=["phone", "last_checked_on", "related_course"],
        translated=[
            "headline",
            "summary",
            "deadline",
            "steps",
            "bring",
            "costs",
            "where",
            "warning",
            "approved",
        ],
    )
