"""Seats under a rush: 200 people at once for 10 seats, beside a bare conditional UPDATE.

Three levels in one run, every way in turn, twenty rounds. Two in threads of one process with a
connection each (`rush_threads`), on the database as a city has it:
(1) the place alone. Bare: one UPDATE … WHERE seats_taken < capacity and, for who got a seat, one
    INSERT; 190 of 200 leave nothing behind. Ours: a seat or the next number of the line, and a
    row for all 200. The goal of 0.4 is judged here, because here both do the same work, the waiting
    list apart: find out whether there is a seat, and keep who has what. The bare UPDATE is the one
    Django writes; ours is written by hand, so the bare one by hand is printed beside it.
(2) the whole action: (1) with the confirmation written in the person's language, in all its forms,
    put into the outbox with its event. No bare UPDATE does any of that.
And one over HTTP, 200 browsers that press the button of the check page at the same moment, on one
server as a city runs it (gunicorn, 2 processes with 4 threads, the settings of production):
(3) a bare view that reads no form and knows no person; the house's page, form and person with the
    bare UPDATE in place of `registrations.write`; and the page as it is. What line and confirmation
    add to a page is the last by the second.
After every round: exactly 10 seats; in ours 190 people in line, numbered 1 to 190 without a gap in
the order in which they were written down; with messages 200 of them; over HTTP every answer a
redirect. Medians of the rounds are printed, on SQLite and, where one answers, on PostgreSQL.
`python -m tests.bench.seats [--rounds N] [--page-rounds N]`
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.bench.rush_crowd import press_together
from tests.bench.rush_house import ROOT, csrf_mark, databases, environment, server

PEOPLE, SEATS, ROUNDS = 200, 10, 20
GOAL = 0.4
BARE = "place: bare conditional UPDATE"
BY_HAND = "place: the same, its SQL by hand"
DECISION = "place: ours, seat or number in line"
ACTION = "action: ours, place and message"
BARE_PAGE = "page: none, a bare UPDATE"
WITHOUT_LINE = "page: ours with a bare UPDATE"
PAGE = "page: ours"
PAGES = {BARE_PAGE, WITHOUT_LINE, PAGE}


def main(rounds: int = ROUNDS, page_rounds: int = ROUNDS) -> None:
    """Run on each database in a process of its own: Django settles on one for good."""
    with (
        tempfile.TemporaryDirectory(prefix="todoke-bench-seats-") as folder,
        databases(Path(folder)) as urls,
    ):
        for name, url in urls.items():
            print(f"{name}: {PEOPLE} people at once, {SEATS} seats, {rounds} rounds", flush=True)
            command = [sys.executable, "-m", "tests.bench.seats", "--here"]
            command += ["--rounds", str(rounds), "--page-rounds", str(page_rounds)]
            subprocess.run(command, check=True, cwd=ROOT, env=environment(Path(folder), url))


def measure(rounds: int, page_rounds: int) -> None:
    """All rounds on the database of this process."""
    import django
    from django.core.management import call_command

    django.setup()
    from tests.bench import rush_threads

    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("start_site", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    people = _people()
    ways = {
        BARE: _in_threads(rush_threads.bare),
        BY_HAND: _in_threads(rush_threads.bare_by_hand),
        DECISION: _in_threads(rush_threads.decision, line=True),
        ACTION: _in_threads(rush_threads.action, line=True, messages=PEOPLE),
        BARE_PAGE: _bare,
        WITHOUT_LINE: _without_line,
        PAGE: _ours,
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    with server() as port:
        csrf = csrf_mark(port, _form(_session()))
        for number in range(rounds + 1):
            for name, way in ways.items():
                if name in PAGES and number > page_rounds:
                    continue
                rate = way(port, csrf, people, number)
                if number:  # the first one warms both processes
                    rates[name].append(rate)
    _report(rates)


def _form(session: Any) -> str:
    return f"/ja/classes/{session.pk}/register/"


def _people() -> list[Any]:
    from notifications.rules.phones import parse_phone
    from outreach.people.actions import people

    return [
        people.write_down(name=f"競走 {n}", language="ja", phone=parse_phone(f"070-0000-{n:04d}"))
        for n in range(PEOPLE)
    ]


def _session() -> Any:
    from django.utils import timezone

    from outreach.classes.models import ClassSession, Course
    from outreach.places.models import Venue

    course, _ = Course.objects.get_or_create(
        slug="rush", defaults={"title_ja": "スマホ教室", "summary_ja": "ゆっくり学びます。"}
    )
    venue, _ = Venue.objects.get_or_create(name_ja="コモッセ", address_ja="花輪字八正寺13")
    starts_at = timezone.now() + timedelta(days=7)
    return ClassSession.objects.create(
        course=course,
        venue=venue,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        capacity=SEATS,
    )


def _in_threads(way: Any, *, line: bool = False, messages: int = 0) -> Callable[..., float]:
    """A way without HTTP, measured as the others are."""
    from tests.bench import rush_threads

    def measured(port: int, csrf: str, people: list[Any], number: int) -> float:
        session = _session()
        with _messages_written(messages):
            rate = rush_threads.rate(way, session, people)
        _expect_seats(session)
        if line:
            _expect_line(session)
        return rate

    return measured


def _bare(port: int, csrf: str, people: list[Any], number: int) -> float:
    session = _session()
    forms = [{"person": str(person.pk)} for person in people]
    answers = press_together(port, f"/ja/bare/{session.pk}/", forms, csrf=csrf)
    _expect(set(answers.statuses), {302}, "answers")
    _expect_seats(session)
    return answers.rate


def _without_line(port: int, csrf: str, people: list[Any], number: int) -> float:
    session = _session()
    forms = _forms(2 * number)
    answers = press_together(port, f"/ja/without-line/{session.pk}/", forms, csrf=csrf)
    _expect(sorted(answers.statuses), [200] * (PEOPLE - SEATS) + [302] * SEATS, "answers")
    _expect_seats(session)
    return answers.rate


def _ours(port: int, csrf: str, people: list[Any], number: int) -> float:
    session = _session()
    with _messages_written(PEOPLE):
        answers = press_together(port, _form(session), _forms(2 * number + 1), csrf=csrf)
    _expect(set(answers.statuses), {302}, "answers")
    _expect_seats(session)
    _expect_line(session)
    return answers.rate


def _expect_seats(session: Any) -> None:
    session.refresh_from_db()
    seated = session.registrations.filter(state="registered").count()
    _expect((session.seats_taken, seated), (SEATS, SEATS), "seats")


def _expect_line(session: Any) -> None:
    line = session.registrations.filter(state="waiting").order_by("pk")
    numbers = list(line.values_list("line_number", flat=True))
    _expect(numbers, list(range(1, PEOPLE - SEATS + 1)), "numbers in the order of arrival")


@contextmanager
def _messages_written(expected: int) -> Iterator[None]:
    from notifications.models import Message

    before = Message.objects.count()
    yield
    _expect(Message.objects.count() - before, expected, "messages in the outbox")


def _forms(crowd: int) -> list[dict[str, str]]:
    """Every crowd has people of its own, as a rush has."""
    return [_answers(runner) for runner in range(crowd * PEOPLE, (crowd + 1) * PEOPLE)]


def _answers(runner: int) -> dict[str, str]:
    """What the check page sends; the mobile number is in no assigned range."""
    return {
        "relation": "self",
        "name": f"競走 {runner}",
        "kana": "キョウソウ",
        "birth_year": "",
        # In no assigned range; 10,000 numbers, then other exchanges.
        "phone": f"0{90 - runner // 10_000 * 10}-0000-{runner % 10_000:04d}",
        "needs_handset": "own",
        "wish": "",
        "note": "",
        "step": "check",
        "go": "wait",
        "submission": str(uuid4()),
    }


def _expect(found: Any, expected: Any, what: str) -> None:
    if found != expected:
        raise AssertionError(f"{what}: {found}, expected {expected}")


def _report(rates: dict[str, list[float]]) -> None:
    median = {name: statistics.median(found) for name, found in rates.items()}
    for name, found in rates.items():
        spread = f"{min(found):,.0f}–{max(found):,.0f}"
        print(f"  {name:<42}{median[name]:>7,.0f} people/s   ({spread})")
    ratio = median[DECISION] / median[BARE]
    word = "reached" if ratio >= GOAL else "MISSED"
    print(f"  place, ours / bare: {ratio:.2f} (goal {GOAL}: {word})")
    for of, by, words in (
        (DECISION, BY_HAND, "place, ours / bare by hand"),
        (ACTION, BARE, "whole action / bare place"),
        (PAGE, BARE_PAGE, "page, ours / a bare view"),
        (PAGE, WITHOUT_LINE, "page, ours / ours with a bare UPDATE"),
    ):
        print(f"  {words}: {median[of] / median[by]:.2f}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--page-rounds", type=int, help="rounds over HTTP, if fewer")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    pages = given.rounds if given.page_rounds is None else given.page_rounds
    (measure if given.here else main)(given.rounds, pages)
