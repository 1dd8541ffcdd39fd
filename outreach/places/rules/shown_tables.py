"""A table of counts with its sums, as it may be shown."""

from collections.abc import Sequence

from outreach.places.rules.suppression import suppressed

# None stands for a number that is left out.
Numbers = tuple[int | None, ...]


def shown_table(counts: Sequence[Sequence[int]], *, minimum: int) -> tuple[Numbers, ...]:
    """Every row with its sum, and the sums of the columns last; small cells are left out.

    The sum of everything is told, as long as it is no small cell itself: then the table tells
    nothing at all. With a minimum of 0 everything is shown. No rows come back as none.
    """
    if not counts:
        return ()
    rows = [[*row, sum(row)] for row in counts]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    if 0 < rows[-1][-1] < minimum:
        return tuple((None,) * len(row) for row in rows)
    hidden = suppressed(counts, minimum=minimum, whole_is_known=True)
    return tuple(
        tuple(None if (r, c) in hidden else value for c, value in enumerate(row))
        for r, row in enumerate(rows)
    )
