import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from modeltranslation.manager import get_translatable_fields_for_model

from outreach.reception.models import ReceptionPoint


def admin_url(action: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_reception_receptionpoint:{action}", args=args)


def test_an_editor_adds_a_counter_in_two_languages(log_in, venue):
    response = log_in("editor").post(
        admin_url("add"),
        {
            "kind": "counter",
            "venue": venue.pk,
            "is_open": "on",
            "name_ja": "花輪市民センター窓口",
            "name_vi": "Quầy Hanawa",
            "hours_ja": "平日 8時30分から17時15分まで",
            "booths": "3",
            "buffer_minutes": "5",
            "apply_minutes": "25",
            "payments": ["cash", "qr"],
        },
    )

    assert response.status_code == 302
    point = ReceptionPoint.objects.get()
    assert (point.name_ja, point.name_vi) == ("花輪市民センター窓口", "Quầy Hanawa")
    assert (point.booths, point.apply_minutes, point.pin_minutes) == (3, 25, None)
    assert point.payments == ["cash", "qr"]
    assert point.name_en is None or point.name_en == ""


def test_the_japanese_name_is_required(log_in, venue):
    log_in("editor").post(admin_url("add"), {"kind": "counter", "venue": venue.pk, "name_ja": ""})

    assert not ReceptionPoint.objects.exists()


def test_the_form_has_every_language_column_and_no_base_column(log_in, venue, settings):
    point = ReceptionPoint.objects.create(kind="counter", venue=venue, name_ja="本庁舎")

    page = log_in("editor").get(admin_url("edit", point.pk)).content.decode()

    fields = get_translatable_fields_for_model(ReceptionPoint)
    for field in fields:
        assert f'name="{field}"' not in page
    assert page.count('name="name_') == page.count('name="hours_') == len(settings.LANGUAGES)


def test_saving_under_another_language_leaves_the_japanese_name(log_in, venue):
    point = ReceptionPoint.objects.create(kind="counter", venue=venue, name_ja="本庁舎")

    with translation.override("vi"):
        log_in("editor").post(
            admin_url("edit", point.pk),
            {
                "kind": "counter",
                "venue": venue.pk,
                "name_ja": "本庁舎",
                "name_vi": "Tòa thị chính",
                "booths": "1",
                "buffer_minutes": "5",
            },
        )

    point.refresh_from_db()
    assert (point.name_ja, point.name_vi) == ("本庁舎", "Tòa thị chính")


@pytest.mark.parametrize("role", ["desk", "visitor", "manager"])
def test_other_roles_do_not_add_counters(log_in, venue, role):
    log_in(role).post(admin_url("add"), {"kind": "counter", "venue": venue.pk, "name_ja": "本庁舎"})

    assert not ReceptionPoint.objects.exists()


def test_residents_see_open_points_counters_first(venue):
    for kind, name, is_open in (
        ("mobile_desk", "移動窓口", True),
        ("counter", "本庁舎", True),
        ("counter", "旧支所", False),
    ):
        ReceptionPoint.objects.create(kind=kind, venue=venue, name_ja=name, is_open=is_open)

    assert [p.name_ja for p in ReceptionPoint.objects.open_to_residents()] == ["本庁舎", "移動窓口"]


def test_a_point_is_of_a_known_kind(venue):
    with pytest.raises(IntegrityError, match="reception_point_kind_known"), transaction.atomic():
        ReceptionPoint.objects.create(kind="booth", venue=venue, name_ja="写真機")
