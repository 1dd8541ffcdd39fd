"""Editors cannot publish a number of the card either."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import GuidePage

PERSONAL_NUMBER = "1234 5678 9018"
FIELDS = ("headline", "summary", "deadline", "where", "warning")
STREAMS = ("steps", "bring", "costs")
COLUMNS = ("ja", "ja_easy", "en", "zh_hans", "vi", "ind", "tl", "ko")


def form_of(guide: GuidePage, **changes: object) -> dict[str, object]:
    data: dict[str, object] = {"title": guide.title, "slug": guide.slug}
    for column in COLUMNS:
        data |= {f"{name}_{column}": "" for name in FIELDS}
        data |= {f"{name}_{column}": streamfield([]) for name in STREAMS}
    data |= {"headline_ja": "見出し", "summary_ja": "概要", **changes}
    comments = {f"comments-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {**nested_form_data(data), **comments, "comments-MAX_NUM_FORMS": 1000}


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param({"warning_vi": f"số {PERSONAL_NUMBER}"}, id="in a text"),
        pytest.param(
            {"steps_ja": streamfield([("step", {"title": "a", "text": PERSONAL_NUMBER})])},
            id="in a step",
        ),
        pytest.param(
            {"bring_ja": streamfield([("item", {"item": PERSONAL_NUMBER, "note": ""})])},
            id="in a thing to bring",
        ),
    ],
)
def test_a_personal_number_is_refused_and_the_page_stays(
    guide: GuidePage, admin_client: Client, typed: dict[str, object]
) -> None:
    before = guide.revisions.count()

    answer = admin_client.post(f"/staff/pages/{guide.pk}/edit/", form_of(guide, **typed))

    assert answer.status_code == 200
    assert guide.revisions.count() == before


def test_the_same_form_without_it_is_kept(guide: GuidePage, admin_client: Client) -> None:
    before = guide.revisions.count()

    answer = admin_client.post(
        f"/staff/pages/{guide.pk}/edit/",
        form_of(guide, steps_ja=streamfield([("step", {"title": "電話", "text": "0186-00-0100"})])),
    )

    assert answer.status_code == 302
    assert guide.revisions.count() == before + 1
