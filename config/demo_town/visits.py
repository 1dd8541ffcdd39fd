"""Home visits of the demo: some waiting, some planned, some made."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.timezone import localtime

from notifications.actions import contacts
from notifications.rules.phones import parse_phone
from outreach.people.models import Person
from outreach.visits.actions import card_steps, groups, requests, visits
from outreach.visits.models import Team, Visit, VisitRequest

DAUGHTER = ("柳沢 直子", "090-0000-0021")
WAITING, PLANNED, MADE = 6, 5, 8
# How far the card has come after each of the visits that were made; the last found nobody.
WAYS: tuple[tuple[str, ...], ...] = (
    (),
    ("at_jlis",),
    ("at_jlis", "arrived"),
    ("at_jlis", "arrived", "posted"),
    ("at_jlis", "arrived", "to_collect"),
    ("at_jlis", "arrived", "to_hand_over"),
    ("at_jlis", "arrived", "posted", "done"),
)
DAYS_OF_A_STEP = 6
# Of those who wait: who moved a month ago. And the language of whose period of stay ends soon.
MOVED = 2
STAYS = "zh-hans"
CARE_MANAGER = ("木村 真理", "0186-00-0022")
FACILITY = ("ケアハウス けやき（見本）", "花輪字上中島100")
RESIDENTS = (
    ("佐々木 トメ", "ササキ トメ", 1936),
    ("阿部 清", "アベ キヨシ", 1940),
    ("田中 フジ", "タナカ フジ", 1938),
    ("NGUYEN THI HOA", "", 1951),
)


def ask(*, people: Sequence[Person], users: dict[str, User], now: datetime, scale: int) -> None:
    """Requests in every state, one of them by a daughter in another town."""
    chance = Random(3)  # noqa: S311  (the same town every time)
    elderly = [person for person in people if (person.birth_year or 9999) < 1955]
    chosen = chance.sample(elderly, (WAITING + PLANNED + MADE) * scale)
    _ask_before_stay_ends(next(who for who in people if who.contact.language == STAYS), now)
    teams = list(Team.objects.order_by("name"))
    for number, person in enumerate(chosen):
        fate = number % (WAITING + PLANNED + MADE)
        request = _request(person, fate, chance, now, users["desk"])
        if fate < WAITING:
            continue
        made = fate - WAITING - PLANNED
        if made >= 0:
            _visited(request, teams[number % len(teams)], made, number, users, now)
            continue
        visits.schedule(
            request=request,
            team=teams[number % len(teams)],
            on=localtime(now).date() + timedelta(days=2 + number % 3),
            time_slot=Visit.TimeSlot.MORNING if number % 2 else Visit.TimeSlot.AFTERNOON,
            by=users["desk"],
            now=now - timedelta(days=6),
        )


def _ask_before_stay_ends(person: Person, now: datetime) -> None:
    """A foreign resident whose card ends with the period of stay; no notice letter is posted."""
    requests.ask(
        person=person,
        relation="self",
        asked_by=None,
        topic=VisitRequest.Topic.CARD_RENEWAL,
        submission=UUID(int=5, version=4),
        how="web",
        stay_until=localtime(now).date() + timedelta(days=20),
        conditions={"staying": "home", "identity": "a1", "voice": "self"},
        now=now - timedelta(days=2),
    )


def ask_for_group(*, users: dict[str, User], now: datetime) -> None:
    """A facility that asked for four residents in one go."""
    name, phone = CARE_MANAGER
    groups.receive(
        answers=groups.GroupAnswers(
            relation="facility",
            asker_name=name,
            asker_phone=parse_phone(phone),
            facility_name=FACILITY[0],
            facility_address=FACILITY[1],
            topic=VisitRequest.Topic.FIRST_CARD,
            parking=True,
            access="正面玄関から。1階の談話室が使えます。",
            people=tuple(
                groups.GroupPerson(
                    name=who, kana=kana, birth_year=year, language="" if kana else "vi"
                )
                for who, kana, year in RESIDENTS
            ),
        ),
        submission=UUID(int=4, version=4),
        how="phone",
        language="ja",
        now=now - timedelta(days=3),
        by=users["desk"],
    )


def _visited(
    request: VisitRequest,
    team: Team,
    made: int,
    number: int,
    users: dict[str, User],
    now: datetime,
) -> None:
    """A visit that was made, and the way the card has gone since."""
    way = WAYS[made] if made < len(WAYS) else None
    moment = now - timedelta(days=4 + DAYS_OF_A_STEP * len(way or ()))
    visit = visits.schedule(
        request=request,
        team=team,
        on=localtime(moment).date(),
        time_slot=Visit.TimeSlot.MORNING if number % 2 else Visit.TimeSlot.AFTERNOON,
        by=users["desk"],
        now=moment,
    )
    outcome = Visit.Outcome.ABSENT if way is None else Visit.Outcome.APPLIED
    visits.record_outcome(visit=visit, outcome=outcome, note="", by=users["visitor"], now=moment)
    for state in way or ():
        moment += timedelta(days=DAYS_OF_A_STEP)
        card_steps.step(
            request=request,
            seen=request.state,
            to=state,
            on=localtime(moment).date(),
            by=users["desk"],
            now=moment,
        )


def _request(
    person: Person, number: int, chance: Random, now: datetime, desk: User
) -> VisitRequest:
    by_daughter, was_made = number == 0, number >= WAITING + PLANNED
    daughter = (
        contacts.record(name=DAUGHTER[0], language="ja", phone=parse_phone(DAUGHTER[1]))
        if by_daughter
        else None
    )
    topic = VisitRequest.Topic.FIRST_CARD if was_made else chance.choice(list(VisitRequest.Topic))
    return requests.ask(
        person=person,
        relation="family" if by_daughter else "self",
        asked_by=daughter,
        topic=topic,
        submission=UUID(int=chance.getrandbits(128), version=4),
        how="web" if by_daughter else "phone",
        by=None if by_daughter else desk,
        expires_on=localtime(now).date() + timedelta(days=chance.randint(10, 80))
        if number % 2
        else None,
        parking=chance.choice([True, True, False, None]),
        wishes="午前中を希望します。" if number % 3 == 0 else "",
        conditions={
            "staying": "home",
            "moved_recently": number == MOVED,
            "mail_forwarding": False,
            "identity": ("ab", "b", "a2", "")[number % 4],
            "voice": "self",
            "access": "玄関に犬がいます。" if number % 5 == 0 else "",
        },
        now=now - timedelta(days=chance.randint(30, 45) if was_made else 8 + number),
    )
