"""The requests of each month as bars, drawn on the server; the table beside it says the same."""

from dataclasses import dataclass

from outreach.visits.figures import Table

WIDTH, HEIGHT, FOOT, HEAD = 720, 220, 26, 22
BAR = 0.64  # of the room of a month


@dataclass(frozen=True, slots=True)
class Bar:
    """One month, in units of the drawing; `value` is None where the number is left out."""

    month: str
    value: int | None
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def over(self) -> int:
        """Where the number stands."""
        return self.y - 6


@dataclass(frozen=True, slots=True)
class Chart:
    """All months; the highest bar reaches the top."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = HEIGHT - FOOT


def month_chart(table: Table, names: list[str]) -> Chart:
    """Bars for the sums of the rows; a month whose number is left out has none."""
    values = [row[-1] for row in table.numbers[:-1]]
    highest = max((value for value in values if value), default=1)
    room = WIDTH // len(values)
    return Chart(
        tuple(
            _bar(name, value, at=index * room, room=room, highest=highest)
            for index, (name, value) in enumerate(zip(names, values, strict=True))
        )
    )


def _bar(name: str, value: int | None, *, at: int, room: int, highest: int) -> Bar:
    width = round(room * BAR)
    height = round((value or 0) * (HEIGHT - FOOT - HEAD) / highest)
    x = at + (room - width) // 2
    return Bar(name, value, x, HEIGHT - FOOT - height, width, height)
