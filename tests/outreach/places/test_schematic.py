"""The demo's cells: every settlement in its own, neighbours edge to edge."""

import shapely
from shapely.geometry import shape

from outreach.places.schematic import cells

SETTLEMENTS = {"a": (40.20, 140.78), "b": (40.20, 140.82), "c": (40.26, 140.80)}


def test_every_settlement_lies_in_its_own_cell_alone() -> None:
    drawn = {code: shape(cell) for code, cell in cells(SETTLEMENTS, radius_km=4).items()}

    for code, (lat, lon) in SETTLEMENTS.items():
        holders = [other for other, cell in drawn.items() if cell.contains(shapely.Point(lon, lat))]
        assert holders == [code]


def test_cells_do_not_overlap_and_leave_no_gap_between_neighbours() -> None:
    drawn = [shape(cell) for cell in cells(SETTLEMENTS, radius_km=4).values()]

    assert abs(sum(cell.area for cell in drawn) - shapely.union_all(drawn).area) < 1e-9
    assert shapely.union_all(drawn).geom_type == "Polygon"


def test_no_cell_reaches_farther_than_the_radius() -> None:
    drawn = shape(cells(SETTLEMENTS, radius_km=2)["c"])

    _, south, _, north = drawn.bounds
    assert north - 40.26 <= 2 / 111
    assert 40.26 - south <= 2 / 111
