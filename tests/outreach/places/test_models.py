import pytest
from django.db import IntegrityError, transaction

from outreach.places.models import BoundarySet, District, Venue

pytestmark = pytest.mark.django_db


def test_only_one_boundary_set_is_active(boundary_set: BoundarySet) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BoundarySet.objects.create(name="二つ目", is_active=True, drawing=b"", drawing_hash="1")
    BoundarySet.objects.create(name="昔の", is_active=False, drawing=b"", drawing_hash="2")
    BoundarySet.objects.create(name="もっと昔の", is_active=False, drawing=b"", drawing_hash="3")


def test_a_code_stands_once_in_a_set(boundary_set: BoundarySet, district: District) -> None:
    with pytest.raises(IntegrityError):
        District.objects.create(boundary_set=boundary_set, code=district.code, name="別")


def test_a_district_has_a_code(boundary_set: BoundarySet) -> None:
    with pytest.raises(IntegrityError):
        District.objects.create(boundary_set=boundary_set, code="", name="花輪")


def test_a_district_is_not_its_own_parent(district: District) -> None:
    district.parent = district
    with pytest.raises(IntegrityError):
        district.save()


@pytest.mark.parametrize(
    "place",
    [{"latitude": 90.1}, {"latitude": -90.1}, {"longitude": 180.1}, {"longitude": -180.1}],
    ids=["north of the pole", "south of the pole", "east", "west"],
)
def test_a_venue_stands_on_earth(place: dict[str, float]) -> None:
    with pytest.raises(IntegrityError):
        Venue.objects.create(name_ja="会場", **place)


def test_residents_choose_from_the_coarsest_level_of_the_set_in_force(
    boundary_set: BoundarySet, district: District
) -> None:
    parent = District.objects.create(boundary_set=boundary_set, code="A", name="花輪町")
    District.objects.filter(pk=district.pk).update(parent=parent)
    former = BoundarySet.objects.create(name="昔の", drawing=b"", drawing_hash="1")
    District.objects.create(boundary_set=former, code="A", name="昔の花輪")

    assert list(District.objects.to_choose_from()) == [parent]
    assert list(District.objects.in_force().leaves()) == [district]
