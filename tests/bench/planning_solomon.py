"""Solomon's instances as days to be planned. Times are tenths: distances are cut to one decimal."""

import math
from pathlib import Path

from outreach.visits.planning import Problem, Stop, Team, Travel, Window


def read(file: Path) -> Problem:
    """An instance: all customers promised, so many teams alike, the way alone made short."""
    rows = [line.split() for line in file.read_text().splitlines() if line.strip()]
    vehicles, capacity = (int(value) for value in rows[3])
    depot, *customers = [
        [int(value) for value in row] for row in rows if len(row) == 7 and row[0].isdigit()
    ]
    points = [(row[1], row[2]) for row in (depot, *customers)]
    times = [[int(math.dist(a, b) * 10) for b in points] for a in points]
    stops = tuple(
        Stop(
            id=number,
            place=number,
            service=service * 10,
            windows=(Window(ready * 10, due * 10),),
            promised=True,
            load=demand,
        )
        for number, _, _, demand, ready, due, service in customers
    )
    teams = tuple(
        Team(id=number, starts=0, ends=depot[5] * 10, start_place=0, end_place=0, capacity=capacity)
        for number in range(1, vehicles + 1)
    )
    return Problem(stops, teams, Travel(times), waiting_counts=False)


def best_known(file: Path) -> float:
    """The distance a .sol file ends with."""
    lines = file.read_text().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("Cost"))
