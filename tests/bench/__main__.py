"""`make bench`: every benchmark in turn, each side by side with the naive way."""

import sys

from tests.bench import (
    announcements,
    class_list,
    guide,
    holdings,
    messages,
    people,
    planning,
    seats,
)
from tests.bench import map as coverage_map

for bench in (
    guide,
    coverage_map,
    holdings,
    messages,
    announcements,
    class_list,
    people,
    seats,
    planning,
):
    sys.stdout.write(f"\n=== {(bench.__doc__ or '').splitlines()[0]}\n")
    bench.main()
