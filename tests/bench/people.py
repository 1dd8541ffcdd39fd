"""30,000 people: who resembles whom, the list and the search, beside the naive way.

The duplicate warning and the pages run through the house's own code on a database in a file (or on
the one `DATABASE_URL` names). (1) naive warning: everybody is read and the same rule asked of each
in Python; (2) ours: by index, then the rule. (1) naive search: unindexed `icontains` over name,
reading, address and numbers at once, joined; (2) ours: the page a colleague opens, template, access
records, session and all. Printed are the median and the 95th percentile of the rounds and the
queries; a warning of 100 ms, a page of 200 ms or more than 10 queries in the median is a failure.
`python -m tests.bench.people`
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

PEOPLE, WARNINGS, NAIVE_WARNINGS, PAGES, NAIVE_SEARCHES = 30_000, 100, 1, 15, 3
SLOWEST_WARNING, SLOWEST_PAGE, MOST_QUERIES = 0.100, 0.200, 10

_FAMILY = (
    *("佐藤 サトウ", "高橋 タカハシ", "阿部 アベ", "田中 タナカ", "成田 ナリタ", "児玉 コダマ"),
    *("工藤 クドウ", "木村 キムラ", "奈良 ナラ", "浅石 アサイシ", "関 セキ", "大森 オオモリ"),
    *(
        "黒澤 クロサワ",
        "湯瀬 ユゼ",
        "畠山 ハタケヤマ",
        "渡邊 ワタナベ",
        "安保 アンボ",
        "米田 ヨネタ",
    ),
)
_GIVEN = (
    *("ハル ハル", "キヨ キヨ", "トメ トメ", "正 タダシ", "勝男 カツオ", "裕子 ユウコ"),
    *("恵子 ケイコ", "進 ススム", "文雄 フミオ", "節子 セツコ", "和子 カズコ", "博 ヒロシ"),
    *("幸子 サチコ", "実 ミノル", "茂 シゲル", "京子 キョウコ", "健一 ケンイチ", "愛 アイ"),
)
_OAZA = ("花輪", "十和田毛馬内", "十和田大湯", "尾去沢", "八幡平", "十和田錦木")
_WORDS = ("ﾀｶﾊｼ", "さとう はる", "渡辺", "湯ケ沢12", "1234", "ユーコ")


def main() -> None:
    """Measure on a database of its own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    old = setup_databases(verbosity=0, interactive=False)
    try:
        _settle()
        _warnings()
        _pages()
    finally:
        connection.close()
        teardown_databases(old, verbosity=0)


def _warnings() -> None:
    from outreach.people.resemblance import resembling

    told = list(_descriptions(WARNINGS))
    found = [len(resembling(one)) for one in told]
    if not all(found):
        raise AssertionError("Somebody who is on record was not found.")
    ours = _timed([lambda one=one: resembling(one) for one in told])
    naive = _timed([lambda one=one: _naive_warning(one) for one in told[:NAIVE_WARNINGS]])
    queries = _queries(lambda: resembling(told[0]))
    _say("warning, naive", naive, _queries(lambda: _naive_warning(told[0])))
    _say("warning, ours", ours, queries)
    _ratio(naive, ours)
    _limit("The duplicate warning", ours, SLOWEST_WARNING)


def _pages() -> None:
    from django.contrib.auth.models import Group, User
    from django.test import Client
    from django.urls import reverse

    from config.roles import create_roles

    create_roles()
    user = User.objects.create(username="desk")
    user.groups.add(Group.objects.get(name="desk"))
    client = Client()
    client.force_login(user)
    path = reverse("desk_staff:people")

    def page(**asked: str) -> Callable[[], Any]:
        def get() -> Any:
            answer = client.get(path, asked)
            if answer.status_code != 200:
                raise AssertionError(answer.status_code)
            return answer

        return get

    page()()  # templates are compiled once, however long a process lives
    pages = {
        "first page": [page()] * PAGES,
        "page 600": [page(page="600")] * PAGES,
        "search": [page(said=words) for words in _WORDS] * 3,
    }
    naive = _timed([lambda words=words: _naive_search(words) for words in _WORDS[:NAIVE_SEARCHES]])
    _say("search, naive", naive, 1)
    for name, gets in pages.items():
        seconds, queries = _timed(gets), max(_queries(get) for get in gets[: len(_WORDS)])
        _say(f"{name}, ours", seconds, queries)
        if queries > MOST_QUERIES:
            raise AssertionError(f"{name}: {queries} queries, not more than {MOST_QUERIES}.")
        _limit(name, seconds, SLOWEST_PAGE)


def _naive_warning(description: Any) -> Any:
    from outreach.people.models import Person
    from outreach.people.resemblance import _facts_of
    from outreach.people.rules.matching import likeness

    people = Person.objects.select_related("contact", "residence").prefetch_related(
        "contact__points"
    )
    facts = description.facts
    return [person for person in people if likeness(facts, _facts_of(person))]


def _naive_search(words: str) -> Any:
    from django.db.models import Q

    from outreach.people.models import Person

    anywhere = (
        Q(name__icontains=words)
        | Q(kana__icontains=words)
        | Q(residence__address__icontains=words)
        | Q(contact__points__value__icontains=words)
    )
    people = Person.objects.filter(anywhere).distinct().order_by("kana", "name", "pk")
    return people.count(), list(people[:25])


def _descriptions(count: int) -> Any:
    from outreach.people.models import Person
    from outreach.people.resemblance import Description

    chance = random.Random(1)
    keys = chance.sample(list(Person.objects.values_list("pk", flat=True)), count)
    for person in Person.objects.filter(pk__in=keys).select_related("residence"):
        yield Description(
            kana=person.kana,
            birth_year=person.birth_year,
            oaza=person.residence.oaza,
            koaza=person.residence.koaza,
        )


def _settle() -> None:
    from datetime import date, timedelta

    from notifications.models import Contact, ContactPoint
    from outreach.people.models import Person, Residence

    chance = random.Random(5)
    names = []
    for _ in range(PEOPLE):
        (family, family_kana), (given, given_kana) = (
            chance.choice(_FAMILY).split(),
            chance.choice(_GIVEN).split(),
        )
        # So few names would make a town of namesakes: a syllable more gives it a real town's share.
        more, more_kana = (
            chance.choice(("", "之", "美", "代")),
            chance.choice(("", "ノ", "ミ", "ヨ")),
        )
        names.append((f"{family} {given}{more}", f"{family_kana} {given_kana}{more_kana}"))
    contacts = Contact.objects.bulk_create(Contact(name=name) for name, _kana in names)
    births = [date(1930, 1, 1) + timedelta(days=chance.randrange(32_000)) for _ in names]
    people = Person.objects.bulk_create(
        Person(name=name, kana=kana, contact=contact, birth_year=born.year, birth_date=born)
        for (name, kana), contact, born in zip(names, contacts, births, strict=True)
    )
    points = ContactPoint.objects.bulk_create(
        ContactPoint(kind="phone", value=f"+8118600{number:05d}") for number in range(PEOPLE)
    )
    through = Contact.points.through
    through.objects.bulk_create(
        through(contact=contact, contactpoint=point)
        for contact, point in zip(contacts, points, strict=True)
    )
    Residence.objects.bulk_create(
        Residence(
            person=person,
            oaza=oaza,
            koaza=koaza,
            address=f"{oaza}字{koaza}{chance.randrange(1, 200)}",
        )
        for person in people
        for oaza, koaza in [(chance.choice(_OAZA), f"湯ヶ沢{chance.randrange(100)}")]
    )


def _timed(calls: list[Callable[[], Any]]) -> list[float]:
    taken = []
    for call in calls:
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return taken


def _queries(call: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        call()
    return sum(
        1
        for query in captured
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    )


def _say(name: str, seconds: list[float], queries: int) -> None:
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    median = statistics.median(ordered)
    print(f"{name:<20}{median * 1000:>9,.1f} ms  p95 {late * 1000:>9,.1f} ms  {queries:>4} queries")


def _ratio(naive: list[float], ours: list[float]) -> None:
    ratio = statistics.median(naive) / statistics.median(ours)
    print(f"ours: {ratio:,.0f} times as quick", flush=True)


def _limit(name: str, seconds: list[float], limit: float) -> None:
    if (median := statistics.median(seconds)) >= limit:
        raise AssertionError(f"{name} took {median * 1000:.0f} ms, not under {limit * 1000:.0f}.")


if __name__ == "__main__":
    main()
