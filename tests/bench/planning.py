"""A day of visits: `planning.solve` beside the best known routes and beside the nearest neighbour.

(1) Solomon's instances from the directory named by the first argument or by VRPTW_DIR: 25 vehicles,
distances cut to one decimal as the .sol files count, the median of seeds 1 to 3 against the best
known distance: at most 1 % longer after 10 s, 3 % after 2 s.
(2) Twenty towns of 40 visits and 3 teams, planned in 5 s, beside always driving to the nearest
visit that can still be made: minutes spent with nobody, at least 15 % fewer in the median.
Every plan goes through the checker.  `python -m tests.bench.planning [DIRECTORY]`
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from outreach.visits import planning
from outreach.visits.planning.checker import faults
from tests.bench import planning_towns
from tests.bench.planning_solomon import best_known, read

SEEDS = (1, 2, 3)
ALLOWED_PERCENT = {2: 3.0, 10: 1.0}
TOWN_SECONDS, FEWER_PERCENT = 5, 15.0


def main() -> None:
    """Print a line for each instance and town; fail when a limit is not kept."""
    directory = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("VRPTW_DIR", "")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    missed = list(_solomon(Path(directory))) if directory else []
    if not directory:
        print("no Solomon instances: name their directory by VRPTW_DIR")
    missed += list(_towns())
    if missed:
        raise AssertionError("; ".join(missed))


def _solomon(directory: Path) -> Iterator[str]:
    for file in sorted(directory.glob("*.txt")):
        problem, best = read(file), best_known(file.with_suffix(".sol"))
        for seconds, allowed in ALLOWED_PERCENT.items():
            over = [_percent_over(problem, seconds, seed, best) for seed in SEEDS]
            median = statistics.median(over)
            each = "  ".join(f"{value:5.2f}" for value in over)
            print(f"{file.stem:<8}{seconds:>3} s  {each}   median {median:5.2f} %", flush=True)
            if median > allowed:
                yield f"{file.stem} after {seconds} s: {median:.2f} % over, {allowed} % allowed"


def _percent_over(problem: planning.Problem, seconds: int, seed: int, best: float) -> float:
    plan = planning.solve(problem, seconds, seed=seed)
    _must_be_good(problem, plan)
    if plan.unassigned:
        raise AssertionError(f"{len(plan.unassigned)} customers were left out.")
    return (planning_towns.driving(problem, plan) / 10 / best - 1) * 100


def _towns() -> Iterator[str]:
    fewer = []
    for seed in range(1, 21):
        problem = planning_towns.town(seed)
        naive = planning_towns.nearest_neighbour(problem)
        start = time.perf_counter()
        ours = planning.solve(problem, TOWN_SECONDS, seed=1)
        took = time.perf_counter() - start
        for plan in (naive, ours):
            _must_be_good(problem, plan)
        lost = [planning_towns.lost(problem, plan) / 60 for plan in (naive, ours)]
        road = [planning_towns.driving(problem, plan) / 60 for plan in (naive, ours)]
        fewer.append((1 - lost[1] / lost[0]) * 100)
        print(
            f"town {seed:>2}  nearest {lost[0]:4.0f} min ({road[0]:4.0f} driving,"
            f" {len(naive.unassigned)} left out)  ours {lost[1]:4.0f} ({road[1]:4.0f},"
            f" {len(ours.unassigned)})  {fewer[-1]:5.1f} % fewer, in {took:.1f} s",
            flush=True,
        )
    median = statistics.median(fewer)
    print(f"towns: {median:.1f} % fewer minutes in the median of {len(fewer)}")
    if median < FEWER_PERCENT:
        yield f"towns: {median:.1f} % fewer minutes, {FEWER_PERCENT} % asked for"


def _must_be_good(problem: planning.Problem, plan: planning.Plan) -> None:
    if broken := faults(problem, plan):
        raise AssertionError(f"The plan breaks {broken[:3]}.")


if __name__ == "__main__":
    main()
