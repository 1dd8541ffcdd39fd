from outreach.places.rules.shown_tables import shown_table


def test_a_table_comes_back_with_its_sums() -> None:
    assert shown_table([[1, 2], [3, 4]], minimum=0) == ((1, 2, 3), (3, 4, 7), (4, 6, 10))


def test_a_small_cell_takes_others_with_it_and_the_whole_is_told() -> None:
    shown = shown_table([[3, 20], [30, 40]], minimum=10)
    assert shown[0][0] is None
    assert sum(number is None for row in shown for number in row) >= 4
    assert shown[-1][-1] == 93


def test_a_table_of_few_people_tells_nothing() -> None:
    assert shown_table([[4, 5]], minimum=10) == ((None, None, None),) * 2


def test_of_one_column_two_rows_are_left_out_where_one_would_be_the_rest() -> None:
    shown = shown_table([[3], [20], [30]], minimum=10)
    assert [row[-1] for row in shown] == [None, None, 30, 53]


def test_nothing_counted_is_no_row() -> None:
    assert shown_table([], minimum=10) == ()
