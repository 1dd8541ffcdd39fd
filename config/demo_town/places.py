"""The demo's districts, venues, reception points and counts."""

from datetime import date, datetime
from hashlib import sha256

from config.demo_town import figures
from config.demo_town.town import FILE, columns, town
from outreach.coverage.actions import holdings
from outreach.places.actions import boundaries
from outreach.places.features import Feature
from outreach.places.models import District, Venue
from outreach.places.schematic import cells
from outreach.reception.models import ReceptionPoint

CELL_RADIUS_KM = 3.5
# Two dates, so that the map has something to compare: (cards, people, residents, cards held).
DATES = (
    (date(2025, 7, 31), date(2025, 7, 1), 27_312, 21_480),
    (date(2026, 1, 31), date(2026, 1, 1), figures.RESIDENTS, figures.CARDS),
)


def settle(*, now: datetime, scale: int) -> None:
    """Draw the districts, put up the venues, and load both dates of counts."""
    _draw_districts(now)
    _put_up_venues()
    for cards_on, people_on, residents, cards in DATES:
        _count(cards_on, people_on, residents * scale, cards * scale, now)


def _draw_districts(now: datetime) -> None:
    places = [
        (district, settlement)
        for district in town()["districts"]
        for settlement in district["settlements"]
    ]
    drawn = cells(
        {place["code"]: (place["lat"], place["lon"]) for _, place in places},
        radius_km=CELL_RADIUS_KM,
    )
    boundaries.replace(
        name="デモ用の模式図",
        features=[
            Feature(
                code=place["code"],
                name=place["name"],
                name_roman=place["name_roman"],
                parent_code=district["code"],
                parent_name=district["name"],
                parent_roman=district["name_roman"],
                geometry=drawn[place["code"]],
            )
            for district, place in places
        ],
        file_name=FILE.name,
        sha256=sha256(FILE.read_bytes()).hexdigest(),
        schematic=True,
        now=now,
    )


def _put_up_venues() -> None:
    districts = {district.code: district for district in District.objects.in_force()}
    for table in town()["venues"]:
        Venue.objects.create(
            **columns(table, "name", "access"),
            district=districts[table["district"]],
            **{key: table[key] for key in ("phone", "has_parking", "is_step_free")},
            latitude=table["lat"],
            longitude=table["lon"],
        )
    for table in town()["reception_points"]:
        ReceptionPoint.objects.create(
            kind=table["kind"],
            venue=Venue.objects.get(name_ja=table["venue"]),
            **columns(table, "name", "hours", "fees"),
            booths=table["booths"],
            payments=table["payments"],
            **{name: value for name, value in table.items() if name.endswith("_minutes")},
        )


def _count(cards_on: date, people_on: date, residents: int, cards: int, now: datetime) -> None:
    settlements = [
        (place["code"], place["size"], place["willing"])
        for district in town()["districts"]
        for place in district["settlements"]
    ]
    counted = figures.cells(settlements, residents=residents, cards=cards)
    holdings.replace(
        rows=counted,
        as_of=cards_on,
        population_as_of=people_on,
        file_name=f"demo-{cards_on:%Y%m}.csv",
        sha256=sha256(repr(counted).encode()).hexdigest(),
        now=now,
    )
