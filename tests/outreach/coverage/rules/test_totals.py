import pytest

from outreach.coverage.rules.age_bands import ALL_AGES
from outreach.coverage.rules.totals import Counts, Place, SumFault, Totals

A = "A"


def totals(*cells):
    return Totals({Place(A, age, sex): Counts(people, cards) for age, sex, people, cards in cells})


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param([(0, "m", 5, 3), (0, "f", 6, 4), (0, "b", 11, 7)], id="sexes"),
        pytest.param([(0, "m", 5, 3), (5, "m", 6, 4), (ALL_AGES, "m", 11, 7)], id="ages"),
        pytest.param([(0, "b", 5, 3), (5, "b", 6, 4), (ALL_AGES, "b", 11, 7)], id="ages of 計"),
        pytest.param(
            [
                (0, "m", 1, 1),
                (0, "f", 2, 1),
                (5, "m", 3, 1),
                (5, "f", 4, 1),
                (ALL_AGES, "m", 4, 2),
                (ALL_AGES, "f", 6, 2),
                (ALL_AGES, "b", 10, 4),
            ],
            id="both",
        ),
        pytest.param([(0, "m", 5, 3), (5, "f", 6, 4), (ALL_AGES, "f", 6, 4)], id="band of men"),
        pytest.param([(0, "b", 5, 3), (ALL_AGES, "b", 5, 3)], id="one band"),
    ],
)
def test_a_right_sum_is_redundant_and_nothing_is_wrong(cells):
    found = totals(*cells)
    last = cells[-1]

    assert list(found.wrong()) == []
    assert found.redundant(Place(A, last[0], last[1]))
    assert not found.redundant(Place(A, cells[0][0], cells[0][1]))


@pytest.mark.parametrize(
    ("cells", "fault", "parts"),
    [
        pytest.param(
            [(0, "m", 5, 3), (0, "f", 6, 4), (0, "b", 12, 7)],
            SumFault.NOT_THE_SEXES,
            Counts(11, 7),
            id="sexes",
        ),
        pytest.param(
            [(0, "m", 5, 3), (5, "m", 6, 4), (ALL_AGES, "m", 11, 8)],
            SumFault.NOT_THE_AGES,
            Counts(11, 7),
            id="ages",
        ),
        pytest.param(
            [(0, "m", 5, 3), (0, "b", 5, 3)], SumFault.ONE_SEX_ONLY, None, id="women missing"
        ),
        pytest.param(
            [(0, "b", 5, 3), (ALL_AGES, "m", 5, 3)],
            SumFault.NO_SUCH_PARTS,
            None,
            id="bands without sexes",
        ),
    ],
)
def test_a_sum_that_cannot_stand_is_reported_with_what_its_parts_make(cells, fault, parts):
    [wrong] = totals(*cells).wrong()

    assert (wrong.fault, wrong.parts) == (fault, parts)
    assert wrong.place == Place(A, cells[-1][0], cells[-1][1])


@pytest.mark.parametrize(
    "cell", [pytest.param((0, "b"), id="of sexes"), pytest.param((ALL_AGES, "m"), id="of ages")]
)
def test_a_total_without_parts_is_the_count_itself(cell):
    found = totals((*cell, 5, 3))

    assert not found.redundant(Place(A, *cell))
    assert list(found.wrong()) == []


def test_the_sum_of_one_district_says_nothing_about_another():
    found = Totals({Place("A", 0, "m"): Counts(1, 1), Place("B", 0, "b"): Counts(5, 5)})

    assert not found.redundant(Place("B", 0, "b"))
    assert list(found.wrong()) == []
