from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.models import GuidePage
from outreach.classes.models import ClassSession, Course
from outreach.places.models import Venue
from outreach.reception.models import ReceptionPoint
from tests.cms.conftest import Reader

PATH = "/en/guides/card-renewal/"
DRAFT = "Draft translation"


def test_a_translation_nobody_approved_carries_a_mark(guide: GuidePage, read: Reader) -> None:
    assert DRAFT in read(PATH).get_text()


def test_an_approved_translation_carries_none(guide: GuidePage, read: Reader) -> None:
    guide.approved_en = True
    guide.save()
    assert DRAFT not in read(PATH).get_text()


def test_approving_one_language_approves_no_other(guide: GuidePage) -> None:
    guide.approved_en = True
    guide.save()
    guide.refresh_from_db()
    drafts = [code for code in guide.filled_languages() if guide.is_draft_translation(code)]
    assert drafts == ["ja-easy", "zh-hans", "vi", "id", "tl", "ko"]


def test_the_japanese_text_is_the_original_and_never_marked(guide: GuidePage, read: Reader) -> None:
    guide.approved_ja = False
    guide.save()
    assert not read("/ja/guides/card-renewal/").select(".draft-mark")


def test_a_guide_with_its_own_number_shows_that_one(guide: GuidePage, read: Reader) -> None:
    guide.phone = "0186-00-0177"
    guide.save()
    assert read(PATH).select_one(".guide__aside .call a")["href"] == "tel:0186-00-0177"


def test_the_day_of_the_last_check_is_written_in_the_readers_way(
    guide: GuidePage, read: Reader
) -> None:
    guide.last_checked_on = date(2026, 4, 1)
    guide.save()
    assert "April 1, 2026" in read(PATH).select_one(".guide__checked").get_text()
    assert "2026年4月1日" in read("/ja-easy/guides/card-renewal/").get_text()


@pytest.fixture
def counter(venue: Venue) -> ReceptionPoint:
    return ReceptionPoint.objects.create(
        kind=ReceptionPoint.Kind.COUNTER,
        name_ja="花輪の窓口",
        name_en="Hanawa counter",
        hours_ja="平日 9時から16時まで",
        venue=venue,
    )


def test_open_reception_points_stand_under_where(
    guide: GuidePage, counter: ReceptionPoint, read: Reader
) -> None:
    card = read(PATH).select_one(".points .card")
    assert card.h3.get_text() == "Hanawa counter"
    assert card.select_one('span[lang="ja"]').get_text() == "平日 9時から16時まで"


def test_closed_reception_points_do_not(
    guide: GuidePage, counter: ReceptionPoint, read: Reader
) -> None:
    counter.is_open = False
    counter.save()
    assert not read(PATH).select(".points")


def test_the_next_sessions_of_the_related_course_are_offered(
    guide: GuidePage, course: Course, make_session: Callable[..., ClassSession], read: Reader
) -> None:
    soon = in_days(5)
    session = make_session(starts_at=soon, ends_at=soon + timedelta(hours=1))
    guide.related_course = course
    guide.save()
    assert read(PATH).select(f'a[href="/en/classes/{session.pk}/register/"]')


def test_a_guide_without_a_related_course_offers_no_sessions(
    guide: GuidePage, make_session: Callable[..., ClassSession]
) -> None:
    soon = in_days(5)
    make_session(starts_at=soon, ends_at=soon + timedelta(hours=1))
    assert guide.next_sessions() == []


def in_days(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)


def test_the_parts_of_a_guide_are_named_once(guide: GuidePage, read: Reader) -> None:
    ids: list[Any] = [element["id"] for element in read(PATH).select("[id]")]
    assert len(ids) == len(set(ids))
