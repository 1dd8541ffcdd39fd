from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from cms.blocks import BRING_BLOCKS, COST_BLOCKS, STEP_BLOCKS
from cms.languages import translated_search_fields, translated_tabs
from cms.models.translated_page import TranslatedPage
from cms.page_text import in_column
from outreach.classes.models import ClassSession, Course
from outreach.reception.models import ReceptionPoint

SESSIONS_SHOWN = 3


class GuideQuerySet(PageQuerySet):
    def to_choose_from(self) -> "GuideQuerySet":
        """The guides residents find in a list, in the editors' order, without their long parts."""
        parts = ("steps", "bring", "costs")
        columns = [build_localized_fieldname(p, c) for p in parts for c, _ in settings.LANGUAGES]
        return self.live().order_by("path").defer(*columns)


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
    # The content file this guide began as; `start_site` finds it by this, whatever its address.
    content_slug = models.SlugField(max_length=60, blank=True, editable=False)
    related_course = models.ForeignKey(
        Course, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PageManager.from_queryset(GuideQuerySet)()

    text_names = (
        "headline",
        "summary",
        "deadline",
        "steps",
        "bring",
        "costs",
        "where",
        "warning",
    )
    parent_page_types = ["cms.GuideIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["content_slug"]
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

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")
        constraints = [
            models.UniqueConstraint(
                fields=["content_slug"],
                condition=~models.Q(content_slug=""),
                name="guide_content_once",
            )
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["is_draft_translation"] = self.is_draft_translation(
            translation.get_language() or settings.LANGUAGE_CODE
        )
        context["phone"] = self.phone or settings.CITY_PHONE
        context["reception_points"] = ReceptionPoint.objects.open_to_residents()
        context["sessions"] = self.next_sessions()
        siblings = GuidePage.objects.sibling_of(self, inclusive=False)
        context["other_guides"] = siblings.to_choose_from()
        return context

    def is_draft_translation(self, code: str) -> bool:
        """Whether this language's text is a translation nobody has approved yet (仮訳)."""
        if code == settings.LANGUAGE_CODE or not self.is_filled(code):
            return False
        return not in_column(self, "approved", code)

    def next_sessions(self) -> list[ClassSession]:
        """The next sessions of the related course, soonest first; none without a course."""
        if self.related_course_id is None:
            return []
        upcoming = ClassSession.objects.to_register_for(now=timezone.now())
        return list(upcoming.filter(course=self.related_course_id)[:SESSIONS_SHOWN])
