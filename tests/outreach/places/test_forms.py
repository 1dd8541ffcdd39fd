import pytest
from django import forms
from django.utils import translation

from outreach.places.forms import DistrictField
from outreach.places.models import BoundarySet, District

pytestmark = pytest.mark.django_db


class WhereForm(forms.Form):
    district = DistrictField()


def labels() -> list[str]:
    return [str(label) for value, label in WhereForm().fields["district"].choices if value]


@pytest.mark.parametrize(
    ("language", "label"),
    [("ja", "花輪"), ("ja-easy", "花輪"), ("en", "Hanawa"), ("vi", "Hanawa")],
)
def test_districts_are_named_in_the_readers_script(
    district: District, language: str, label: str
) -> None:
    with translation.override(language):
        assert labels() == [label]


def test_a_district_without_a_roman_name_keeps_its_japanese_one(district: District) -> None:
    District.objects.update(name_roman="")

    with translation.override("en"):
        assert labels() == ["花輪"]


def test_the_answer_may_be_left_out(district: District) -> None:
    form = WhereForm({})

    assert form.is_valid()
    assert form.cleaned_data["district"] is None


def test_a_district_of_a_former_set_cannot_be_chosen(
    boundary_set: BoundarySet, district: District
) -> None:
    BoundarySet.objects.update(is_active=False)

    assert not WhereForm({"district": district.pk}).is_valid()


@pytest.mark.parametrize("typed", ["{{ 7*7 }}", "{% raw %}", "<script>"])
def test_names_come_out_as_typed(district: District, typed: str) -> None:
    from django.utils.html import escape

    District.objects.update(name=typed)

    with translation.override("ja"):
        assert escape(typed) in str(WhereForm()["district"])
