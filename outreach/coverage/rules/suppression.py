"""Which cells of a table may not be shown, so that nobody can be recognised in it.

A cell of fewer people than the minimum is left out, and so are as many others as it takes that it
cannot be worked out from the totals (complementary suppression). Source: the minimum of 10 people
per cell is a guess that the city sets (SMALLEST_CELL).

The table is taken with its totals. Each row adds up to its total, each column to its own. Seen as
a graph whose points are rows and columns (that of the totals included) and whose lines are the
cells left out, a cell can be worked out exactly when it is the only way between its row and its
column: then the sums on one side of it give its value.
"""

from collections.abc import Iterator, Sequence

Place = tuple[int, int]
Table = dict[Place, int]


def suppressed(counts: Sequence[Sequence[int]], *, minimum: int) -> frozenset[Place]:
    """The places (row, column) to leave out of a table of counts of people that adds up.

    The row after the last and the column after the last are the totals. Zeros are shown: nobody
    is in them.
    """
    if not counts:
        return frozenset()
    table = _with_totals(counts)
    hidden = {place for place, value in table.items() if 0 < value < minimum}
    while (more := _one_more(table, hidden, minimum)) is not None:
        hidden.add(more)
    return frozenset(hidden)


def can_be_worked_out(place: Place, hidden: set[Place] | frozenset[Place]) -> bool:
    """Whether the totals and the cells that are shown give the value of a hidden one."""
    row, column = place
    return ("column", column) not in _reached(("row", row), hidden - {place})


def _with_totals(counts: Sequence[Sequence[int]]) -> Table:
    rows = [[*row, sum(row)] for row in counts]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)}


def _one_more(table: Table, hidden: set[Place], minimum: int) -> Place | None:
    """The next cell to leave out as well; None when nothing can be worked out any more."""
    for place in sorted(hidden):
        if can_be_worked_out(place, hidden):
            closing = _closing(place, table, hidden)
            if (chosen := _cheapest(closing or _beside(place, table, hidden), table)) is not None:
                return chosen
    for line in _lines(table):
        # What is missing from a line together must not be a small group either.
        missing = sum(table[place] for place in line[:-1] if place in hidden)
        if line[-1] not in hidden and 0 < missing < minimum:
            shown = [place for place in line[:-1] if place not in hidden]
            if (chosen := _cheapest(shown or [line[-1]], table)) is not None:
                return chosen
    return None


def _lines(table: Table) -> Iterator[list[Place]]:
    """Every row and column, its total last."""
    last_row, last_column = max(table)
    for row in range(last_row + 1):
        yield [(row, column) for column in range(last_column + 1)]
    for column in range(last_column + 1):
        yield [(row, column) for row in range(last_row + 1)]


def _closing(place: Place, table: Table, hidden: set[Place]) -> list[Place]:
    """Cells that make a second way between the row and the column of a hidden one."""
    row, column = place
    side = _reached(("row", row), hidden - {place})
    other = _reached(("column", column), hidden - {place})
    return [
        (r, c)
        for r, c in table
        if (r, c) not in hidden
        and (
            (("row", r) in side and ("column", c) in other)
            or (("row", r) in other and ("column", c) in side)
        )
    ]


def _beside(place: Place, table: Table, hidden: set[Place]) -> list[Place]:
    """Cells in the same row or column that are still shown."""
    row, column = place
    return [(r, c) for r, c in table if (r == row or c == column) and (r, c) not in hidden]


def _cheapest(places: Sequence[Place], table: Table) -> Place | None:
    """The one that is missed least: no total if possible, no zero (it protects nobody), small."""
    last_row, last_column = max(table)

    def cost(place: Place) -> tuple[int, bool, int, Place]:
        totals = (place[0] == last_row) + (place[1] == last_column)
        return totals, table[place] == 0, table[place], place

    return min(places, key=cost, default=None)


def _reached(start: tuple[str, int], hidden: set[Place] | frozenset[Place]) -> set[tuple[str, int]]:
    """The rows and columns that hidden cells connect with one of them."""
    reached, ahead = {start}, [start]
    while ahead:
        kind, number = ahead.pop()
        for row, column in hidden:
            here, there = ("row", row), ("column", column)
            if kind == "column":
                here, there = there, here
            if here == (kind, number) and there not in reached:
                reached.add(there)
                ahead.append(there)
    return reached
