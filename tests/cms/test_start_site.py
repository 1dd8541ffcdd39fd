import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from wagtail.models import Collection, Locale, Page, Revision, Site

from cms.actions import site
from cms.content_files import GUIDES
from cms.models import ClassSchedulePage, GuideIndexPage, GuidePage, HomePage

ADDRESS = "http://testserver"


def plant_again() -> site.Planted:
    return site.plant(site_url=ADDRESS)


def test_it_plants_the_pages_and_all_guides_and_publishes_them(planted: site.Planted) -> None:
    assert len(planted.created) == 3 + len(GUIDES)
    assert (HomePage.objects.live().count(), GuideIndexPage.objects.live().count()) == (1, 1)
    assert ClassSchedulePage.objects.live().count() == 1
    assert [guide.slug for guide in GuidePage.objects.live().order_by("path")] == list(GUIDES)


def test_only_the_japanese_text_is_approved(guide: GuidePage) -> None:
    assert guide.approved_ja
    assert not any([guide.approved_ja_easy, guide.approved_en, guide.approved_vi])


def test_the_default_site_is_the_one_of_the_setting(db: None) -> None:
    site.plant(site_url="https://todoke.example.jp")
    default = Site.objects.get(is_default_site=True)
    assert (default.hostname, default.port) == ("todoke.example.jp", 443)
    assert default.root_page.specific_class is HomePage


def test_wagtails_welcome_page_is_gone(planted: site.Planted) -> None:
    assert not Page.objects.exact_type(Page).filter(depth=2).exists()


def test_running_it_twice_changes_nothing(planted: site.Planted) -> None:
    before = everything()
    again = plant_again()
    assert (again.created, again.filled) == ([], [])
    assert everything() == before


def everything() -> list[object]:
    tables = ["wagtailcore_page", "wagtailcore_revision", "wagtailcore_site", "cms_guidepage"]
    tables += ["cms_homepage", "cms_guideindexpage", "cms_classschedulepage"]
    rows: list[object] = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608
            rows += cursor.fetchall()
    return rows


def test_what_an_editor_wrote_stays(guide: GuidePage) -> None:
    guide.headline_ja = "カードを新しくする"
    guide.headline_vi = "Gia hạn"
    guide.save_revision().publish()
    plant_again()
    guide.refresh_from_db()
    assert (guide.headline_ja, guide.headline_vi) == ("カードを新しくする", "Gia hạn")


def test_a_guide_with_a_new_address_is_not_planted_a_second_time(guide: GuidePage) -> None:
    guide.slug = "renew"
    guide.save_revision().publish()
    assert plant_again().created == []
    assert GuidePage.objects.count() == len(GUIDES)


def test_an_unpublished_guide_stays_unpublished(guide: GuidePage) -> None:
    guide.unpublish()
    assert plant_again().created == []
    assert not GuidePage.objects.get(pk=guide.pk).live


def test_a_deleted_guide_comes_back(guide: GuidePage) -> None:
    guide.delete()
    assert plant_again().created == ["/start/guides/card-renewal/"]


@pytest.mark.parametrize("language", ["ja", "en", "ko"])
def test_an_empty_language_column_is_filled_under_its_own_name(
    guide: GuidePage, language: str
) -> None:
    own = guide.headline_ko
    GuidePage.objects.filter(pk=guide.pk).update(headline_ko="")
    with translation.override(language):
        filled = plant_again().filled
    guide = GuidePage.objects.get(pk=guide.pk)
    assert filled == ["/start/guides/card-renewal/ headline_ko"]
    assert (guide.headline_ko, guide.headline_ja) == (own, "マイナンバーカードの更新")


def test_a_filled_column_reaches_the_draft_an_editor_is_working_on(guide: GuidePage) -> None:
    own = guide.headline_ko
    guide.headline_ko = ""
    guide.save_revision().publish()
    guide = GuidePage.objects.get(pk=guide.pk)
    guide.headline_ja = "下書きの見出し"
    guide.save_revision()

    plant_again()

    guide = GuidePage.objects.get(pk=guide.pk)
    assert (guide.headline_ko, guide.headline_ja) == (own, "マイナンバーカードの更新")
    Revision.objects.filter(object_id=str(guide.pk)).latest("created_at", "pk").publish()
    guide = GuidePage.objects.get(pk=guide.pk)
    assert (guide.headline_ko, guide.headline_ja) == (own, "下書きの見出し")


def test_it_begins_from_emptied_tables(db: None) -> None:
    Site.objects.all().delete()
    Page.objects.all().delete()
    Collection.objects.all().delete()
    Locale.objects.all().delete()
    assert len(plant_again().created) == 3 + len(GUIDES)
    assert Site.objects.get().root_page.specific_class is HomePage


def test_the_command_says_what_it_did_with_the_counts_last(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("start_site")
    first = capsys.readouterr().out.splitlines()
    call_command("start_site")
    second = capsys.readouterr().out.splitlines()
    assert "created /start/guides/home-visit/" in first
    assert first[-1] == "9 pages created, 0 language columns filled, 6 roles checked"
    assert second[-1] == "0 pages created, 0 language columns filled, 6 roles checked"
