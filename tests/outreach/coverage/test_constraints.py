"""The database itself refuses counts that cannot be."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from outreach.coverage.models import Batch, Holding
from outreach.places.models import BoundarySet
from tests.outreach.coverage.files import NORTH


@pytest.fixture
def batch(boundary_set: BoundarySet) -> Batch:
    return new_batch(boundary_set)


def new_batch(boundary_set, **changes):
    values = {
        "boundary_set": boundary_set,
        "as_of": date(2026, 1, 31),
        "population_as_of": date(2026, 1, 1),
        "file_name": "counts.csv",
        "sha256": "0",
        "content_hash": "0",
    }
    return Batch.objects.create(**{**values, **changes})


@pytest.fixture
def cell(batch, districts):
    def cell(**changes):
        values = {
            "batch": batch,
            "district": districts[NORTH],
            "age_from": 0,
            "sex": "m",
            "residents": 5,
            "cards": 3,
        }
        return Holding.objects.create(**{**values, **changes})

    return cell


def test_one_batch_counts_for_a_date(batch, boundary_set):
    with pytest.raises(IntegrityError), transaction.atomic():
        new_batch(boundary_set)
    assert new_batch(boundary_set, replaced_by=batch)
    assert new_batch(boundary_set, as_of=date(2026, 2, 28))


def test_a_batch_does_not_replace_itself(batch):
    batch.replaced_by = batch
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.save()


def test_a_cell_is_counted_once(cell):
    cell()
    with pytest.raises(IntegrityError), transaction.atomic():
        cell(residents=6)
    assert cell(sex="f")
    assert cell(age_from=5)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"sex": "x"}, id="unknown sex"),
        pytest.param({"age_from": -2}, id="before all ages"),
        pytest.param({"age_from": 121}, id="too old"),
        pytest.param({"residents": -1}, id="negative people"),
        pytest.param({"cards": -1}, id="negative cards"),
    ],
)
def test_a_cell_that_cannot_be_is_refused(cell, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        cell(**change)


@pytest.mark.parametrize("age_from", [-1, 0, 85, 120])
def test_every_age_there_is_can_be_stored(cell, age_from):
    assert cell(age_from=age_from)


def test_cells_of_a_file_obey_the_same_rules(batch, districts):
    north = districts[NORTH].pk

    for cells in ([(north, 0, "x", 5, 3)], [(north, 0, "m", 5, 3)] * 2, [(north, 0, "m", -1, 3)]):
        with pytest.raises(IntegrityError), transaction.atomic():
            Holding.objects.insert_cells(batch=batch, cells=cells)
    Holding.objects.insert_cells(batch=batch, cells=[])

    assert not Holding.objects.exists()
