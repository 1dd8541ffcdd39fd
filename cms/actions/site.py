"""The beginning of a city's site: the page tree with its texts, safe to repeat."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation
from modeltranslation.utils import build_localized_fieldname
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Collection, Locale, Page, Site

from cms.content_files import GUIDES, guide_texts, section_texts
from cms.models import ClassSchedulePage, GuideIndexPage, GuidePage, HomePage

Texts = dict[str, dict[str, Any]]


@dataclass
class Planted:
    """What `plant` did: pages it created, language columns it filled, and where the site is."""

    address: str
    created: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)


@transaction.atomic
def plant(*, site_url: str) -> Planted:
    """Create what is missing of the site, and fill language columns that are still empty.

    What an editor changed stays: no text is overwritten and no page moved, renamed or published
    again. A page that was deleted comes back. Also plants Wagtail's own roots where the tables
    were emptied.
    """
    done = Planted(address=site_url)
    with translation.override(settings.LANGUAGE_CODE):
        root = _tree_root()
        home = HomePage.objects.order_by("path").first()
        home = _settle(home, HomePage, root, "start", section_texts("home"), done)
        _point_site_at(home, site_url)
        _remove_welcome_page()
        index = GuideIndexPage.objects.child_of(home).order_by("path").first()
        index = _settle(index, GuideIndexPage, home, "guides", section_texts("guides"), done)
        schedule = ClassSchedulePage.objects.child_of(home).order_by("path").first()
        _settle(schedule, ClassSchedulePage, home, "classes", section_texts("classes"), done)
        for slug in GUIDES:
            guide = GuidePage.objects.filter(content_slug=slug).first()
            extra = {"content_slug": slug, "approved_ja": True}
            _settle(guide, GuidePage, index, slug, guide_texts(slug), done, **extra)
    return done


def _tree_root() -> Page:
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    language = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    locale, _ = Locale.objects.get_or_create(language_code=language)
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    return root


def _settle(
    page: Any, model: type, parent: Page, slug: str, texts: Texts, done: Planted, **extra: Any
) -> Any:
    if page is None:
        page = model(title=texts[settings.LANGUAGE_CODE]["headline"], slug=slug, **extra)
        _fill(page, texts)
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision().publish()
        done.created.append(page.url_path)
        return page
    filled = _fill(page, texts)
    if filled:
        _keep(page, texts)
        done.filled.extend(f"{page.url_path} {column}" for column in filled)
    return page


def _fill(page: Any, texts: Texts) -> list[str]:
    """Write each text into its language's column where that is empty; the columns written."""
    written = []
    for code, text in texts.items():
        for name, value in text.items():
            column = build_localized_fieldname(name, code)
            if value and not getattr(page, column):
                setattr(page, column, value)
                written.append(column)
    return written


def _keep(page: Any, texts: Texts) -> None:
    """Save new texts on the live page and in the draft somebody may be working on."""
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
    page.save(clean=False)
    if draft is page:
        page.save_revision()
        page.save(update_fields=["latest_revision", "has_unpublished_changes"], clean=False)
        return
    _fill(draft, texts)
    draft.save_revision()


def _point_site_at(home: Page, site_url: str) -> None:
    """Make the default site the one of SITE_URL; its root page stays if it is a home page."""
    address = urlsplit(site_url)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port = address.hostname or "localhost", port
    if site.root_page_id is None or not HomePage.objects.filter(pk=site.root_page_id).exists():
        site.root_page = home
    site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
    site.save()


def _remove_welcome_page() -> None:
    """Wagtail's first migration leaves a page that nobody wrote and nothing points at."""
    for page in Page.objects.filter(depth=2).exact_type(Page):
        if not Site.objects.filter(root_page=page).exists() and page.numchild == 0:
            page.delete()
