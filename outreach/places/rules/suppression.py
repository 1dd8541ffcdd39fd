"""Which cells of a table may not be shown, so that nobody can be recognised in it.

A cell of fewer people than the minimum is left out, and so are as many others as it takes that it
cannot be worked out from the totals (complementary suppression). Source: the minimum of 10 people
per cell is a guess that the city sets (SMALLEST_CELL).

The table is taken with its totals. Each row adds up to its total, each column to its own. Seen as
a graph whose points are rows and columns (that of the totals included) and whose lines are the
cells left out, a cell can be worked out exactly when it is the only way between its row and its
column: then the sums on one side of it give its value.
"""

from collections.abc import Iterable, Iterator, Sequence

Place = tuple[int, int]
Table = dict[Place, int]
Point = tuple[str, int]  # a row or a column by its number


def suppressed(
    counts: Sequence[Sequence[int]], *, minimum: int, whole_is_known: bool = False
) -> frozenset[Place]:
    """The places (row, column) to leave out of a table of counts of people that adds up.

    The row after the last and the column after the last are the totals. Zeros are shown: nobody
    is in them. Where the sum of everything is known anyway it is not left out, however small.
    """
    if not counts:
        return frozenset()
    table = _with_totals(counts)
    known = {max(table)} if whole_is_known else set()
    hidden = {p for p, value in table.items() if 0 < value < minimum and p not in known}
    while (more := _one_more(table, hidden, known, minimum)) is not None:
        hidden.add(more)
    return frozenset(hidden)


def can_be_worked_out(hidden: Iterable[Place]) -> set[Place]:
    """Those hidden cells whose value the totals and the cells that are shown give away.

    They are the bridges of the graph, found in one walk (Tarjan 1974): a line is one when nothing
    beyond it leads back before it.
    """
    ways = _ways(hidden)
    order: dict[Point, int] = {}
    back: dict[Point, int] = {}
    bridges = set()
    for start in ways:
        if start in order:
            continue
        order[start] = back[start] = len(order)
        walk: list[tuple[Point, Place | None, Iterator[tuple[Point, Place]]]]
        walk = [(start, None, iter(ways[start]))]
        while walk:
            here, came_by, ahead = walk[-1]
            for there, place in ahead:
                if place == came_by:
                    continue
                if there in order:
                    back[here] = min(back[here], order[there])
                    continue
                order[there] = back[there] = len(order)
                walk.append((there, place, iter(ways[there])))
                break
            else:
                walk.pop()
                if came_by is not None:
                    before = walk[-1][0]
                    back[before] = min(back[before], back[here])
                    if back[here] > order[before]:
                        bridges.add(came_by)
    return bridges


def _with_totals(counts: Sequence[Sequence[int]]) -> Table:
    rows = [[*row, sum(row)] for row in counts]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)}


def _one_more(table: Table, hidden: set[Place], known: set[Place], minimum: int) -> Place | None:
    """The next cell to leave out as well; None when nothing can be worked out any more, or when
    only what is known anyway is left."""
    for place in sorted(can_be_worked_out(hidden)):
        closing = _closing(place, table, hidden, known)
        chosen = _cheapest(closing or _beside(place, table, hidden | known), table)
        if chosen is not None:
            return chosen
    for line in _lines(table):
        # What is missing from a line together must not be a small group either.
        missing = sum(table[place] for place in line[:-1] if place in hidden)
        if line[-1] not in hidden and 0 < missing < minimum:
            shown = [place for place in line[:-1] if place not in hidden]
            total = [place for place in line[-1:] if place not in known]
            if (chosen := _cheapest(shown or total, table)) is not None:
                return chosen
    return None


def _lines(table: Table) -> Iterator[list[Place]]:
    """Every row and column, its total last."""
    last_row, last_column = max(table)
    for row in range(last_row + 1):
        yield [(row, column) for column in range(last_column + 1)]
    for column in range(last_column + 1):
        yield [(row, column) for row in range(last_row + 1)]


def _closing(place: Place, table: Table, hidden: set[Place], known: set[Place]) -> list[Place]:
    """Cells that make a second way between the row and the column of a hidden one."""
    row, column = place
    side = _reached(("row", row), hidden - {place})
    other = _reached(("column", column), hidden - {place})
    return [
        (r, c)
        for r, c in table
        if (r, c) not in hidden | known
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


def _reached(start: Point, hidden: Iterable[Place]) -> set[Point]:
    """The rows and columns that hidden cells connect with one of them."""
    ways = _ways(hidden)
    reached, ahead = {start}, [start]
    while ahead:
        for there, _place in ways.get(ahead.pop(), ()):
            if there not in reached:
                reached.add(there)
                ahead.append(there)
    return reached


def _ways(hidden: Iterable[Place]) -> dict[Point, list[tuple[Point, Place]]]:
    """From each row and column, the hidden cells and where they lead."""
    ways: dict[Point, list[tuple[Point, Place]]] = {}
    for place in hidden:
        row, column = ("row", place[0]), ("column", place[1])
        ways.setdefault(row, []).append((column, place))
        ways.setdefault(column, []).append((row, place))
    return ways
