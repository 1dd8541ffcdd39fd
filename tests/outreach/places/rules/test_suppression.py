"""Small cells are left out, and what would give them away."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.places.rules.suppression import can_be_worked_out, suppressed

MINIMUM = 10


@pytest.mark.parametrize(
    ("value", "hidden"),
    [(0, False), (1, True), (9, True), (10, False), (11, False)],
    ids=["nobody", "one", "one short", "just enough", "enough"],
)
def test_a_cell_is_left_out_from_one_person_to_one_below_the_minimum(value, hidden):
    counts = [[value, 50, 50], [50, 50, 50], [50, 50, 50]]
    assert ((0, 0) in suppressed(counts, minimum=MINIMUM)) is hidden


def test_a_table_of_large_cells_is_shown_whole():
    assert not suppressed([[20, 30], [40, 50]], minimum=MINIMUM)


def test_a_minimum_of_nothing_shows_everything():
    assert not suppressed([[1, 2], [3, 4]], minimum=0)


def test_an_empty_table_has_nothing_to_leave_out():
    assert not suppressed([], minimum=MINIMUM)


def test_one_small_cell_takes_three_others_along():
    hidden = suppressed([[3, 50, 60], [40, 70, 80], [90, 95, 99]], minimum=MINIMUM)
    assert hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_two_small_cells_whose_sum_is_small_take_a_third_along():
    """With the total shown, what is missing together would be a group of seven."""
    row = [3, 4, 50, 60]
    hidden = suppressed([row, [200, 200, 200, 200], [300, 300, 300, 300]], minimum=MINIMUM)
    missing = sum(value for column, value in enumerate(row) if (0, column) in hidden)
    assert (0, 4) in hidden or missing >= MINIMUM


def test_a_city_of_few_is_not_shown_at_all():
    assert (1, 1) in suppressed([[4]], minimum=MINIMUM)


counts_of_people = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=6
    )
)


def with_totals(counts):
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


@settings(deadline=None)
@given(counts_of_people)
def test_no_small_cell_is_shown(counts):
    hidden = suppressed(counts, minimum=MINIMUM)
    for r, row in enumerate(with_totals(counts)):
        for c, value in enumerate(row):
            assert (r, c) in hidden or not 0 < value < MINIMUM


@settings(deadline=None)
@given(counts_of_people)
def test_no_hidden_cell_is_the_answer_to_the_sums(counts):
    """Checked by another way than the rule's: elimination over the sums of rows and columns."""
    hidden = sorted(suppressed(counts, minimum=MINIMUM))
    rows, columns = len(counts) + 1, len(counts[0]) + 1
    equations = [
        [(+1 if c < columns - 1 else -1) if r == row else 0 for r, c in hidden]
        for row in range(rows)
    ] + [
        [(+1 if r < rows - 1 else -1) if c == column else 0 for r, c in hidden]
        for column in range(columns)
    ]
    rank = rank_of(equations)
    for number in range(len(hidden)):
        alone = [int(other == number) for other in range(len(hidden))]
        # A cell that is fixed by the equations adds nothing to them.
        assert rank_of([*equations, alone]) == rank + 1


def rank_of(rows):
    from fractions import Fraction

    left = [[Fraction(value) for value in row] for row in rows]
    rank = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in range(rank, len(left)) if left[row][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        for row in range(rank + 1, len(left)):
            factor = left[row][column] / left[rank][column]
            left[row] = [a - factor * b for a, b in zip(left[row], left[rank], strict=True)]
        rank += 1
    return rank


def test_two_rings_joined_by_one_cell_leave_that_cell_open_to_sums():
    """The control: two hidden cells in every row and column are not enough."""
    left = {(0, 0), (0, 1), (1, 0), (1, 1)}
    right = {(2, 2), (2, 3), (3, 2), (3, 3)}
    assert can_be_worked_out(left | right | {(1, 2)}) == {(1, 2)}
    assert not can_be_worked_out(left | right)


def test_a_whole_that_is_known_stays_and_gives_nothing_away():
    hidden = suppressed([[3, 0], [0, 4], [1, 1]], minimum=MINIMUM, whole_is_known=True)
    assert (3, 2) not in hidden
    assert {(0, 0), (1, 1)} <= hidden
    assert not can_be_worked_out(hidden)


def test_in_six_hundred_districts_nothing_can_be_worked_out():
    """A city has some 600 小字."""
    chance = Random(1)
    counts = [(chance.randrange(60), chance.randrange(25)) for _district in range(600)]
    assert not can_be_worked_out(suppressed(counts, minimum=MINIMUM))
