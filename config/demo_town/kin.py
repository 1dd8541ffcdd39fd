"""Where the invented residents live, who looks after them, and a facility."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from notifications.rules.phones import parse_phone
from outreach.people.actions import carers, facilities, people, records
from outreach.people.actions.facilities import FacilityFacts
from outreach.people.actions.records import Home
from outreach.people.models import Carer, Person, Residence

# 大字 by district code, and invented 小字: none of these addresses is anybody's.
OAZA = {
    "hanawa": "花輪",
    "towada": "十和田毛馬内",
    "oyu": "十和田大湯",
    "osarizawa": "尾去沢",
    "hachimantai": "八幡平",
}
KOAZA = ("見本", "上見本", "見本ヶ沢", "見本ノ上")
NOTES = ("", "", "玄関は裏。犬がいる", "雪の日は下の道に駐車", "2階。呼び鈴が鳴らない")
HEIGHTS = Residence.RoadHeight
# Degrees: within an easy walk of the middle of a district.
SPREAD = 0.02
WITHOUT_KANA_SPACE = ("雪沢 春", "ユキサワハル")


def settle(residents: Sequence[Person], *, now: datetime) -> None:
    """Homes for most, needs for some, a carer, a facility, and somebody written down twice."""
    chance = Random(14)  # noqa: S311  (the same town every time)
    for person in residents:
        if chance.random() < 0.8:
            records.settle(person=person, home=_home(person, chance))
        if chance.random() < 0.3:
            records.note_needs(person=person, kinds=[chance.choice(("hearing", "stairs", "time"))])
    haru, _linh, akiko, ren = residents[:4]
    since = (now - timedelta(days=400)).date()
    carers.entrust(
        person=haru,
        contact=akiko.contact,
        relation=Carer.Relation.FAMILY,
        authority=Carer.Authority.MAY_DECIDE,
        since=since,
    )
    records.live_together(person=akiko, other=ren)
    akiko.refresh_from_db()
    records.speak_for_household(person=akiko)
    _facility(residents[10:13], chance)
    name, kana = WITHOUT_KANA_SPACE
    people.write_down(name=name, kana=kana, birth_year=haru.birth_year, language="ja")


def _home(person: Person, chance: Random) -> Home:
    district = person.district
    code = district.code if district else ""
    return Home(
        address=f"{OAZA.get(code, '花輪')}字{chance.choice(KOAZA)}{chance.randint(1, 120)}",
        latitude=_near(district.latitude if district else None, chance),
        longitude=_near(district.longitude if district else None, chance),
        access_notes=chance.choice(NOTES),
        parking=chance.choice((True, True, False, None)),
        road_height=chance.choice(
            (HEIGHTS.VALLEY, HEIGHTS.VALLEY, HEIGHTS.SLOPE, HEIGHTS.MOUNTAIN)
        ),
    )


def _near(degrees: float | None, chance: Random) -> float | None:
    """Somewhere around the middle of a district; nowhere where it has none."""
    return None if degrees is None else round(degrees + chance.uniform(-SPREAD, SPREAD), 5)


def _facility(residents: Sequence[Person], chance: Random) -> None:
    first = residents[0].district
    home = facilities.write_down(
        facts=FacilityFacts(
            name="特別養護老人ホーム こもれび（見本）",
            kana="コモレビ",
            address=f"{OAZA.get(first.code if first else '', '花輪')}字見本200",
            district=first,
            phone=parse_phone("0186-00-0114"),
            access_notes="正面玄関。昼食は11時30分から",
        )
    )
    facilities.name_contact(
        facility=home,
        name="黒土 健",
        duty="生活相談員",
        phone=parse_phone("0186-00-0114"),
        email="care@example.com",
        language="ja",
    )
    for person in residents:
        records.settle(person=person, home=Home(facility=home, parking=True, road_height=1))
        records.note_needs(person=person, kinds=[chance.choice(("wheelchair", "hearing"))])
