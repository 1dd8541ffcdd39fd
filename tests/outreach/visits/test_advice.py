"""A request as the rules see it."""

from datetime import date

import pytest

from mynumber.rules.situations import Purpose, Staying
from outreach.visits.advice import advice, situation
from outreach.visits.models import RequestConditions, VisitRequest

TODAY = date(2026, 10, 1)


def seen(**changes):
    told = {
        "topic": "first_card",
        "relation": "self",
        "birth_year": None,
        "stay_until": None,
        "told": RequestConditions(),
        "today": TODAY,
    }
    return situation(**told | changes)


@pytest.mark.parametrize(
    ("birth_year", "age"), [(None, None), (1951, 74), (1950, 75), (2012, 13), (2026, 0)]
)
def test_the_age_is_the_lowest_it_can_be(birth_year: int | None, age: int | None) -> None:
    assert seen(birth_year=birth_year).age == age


def test_who_a_facility_asks_for_is_there_unless_told_otherwise() -> None:
    assert seen(relation="facility").staying is Staying.FACILITY
    told = RequestConditions(staying="home")
    assert seen(relation="facility", told=told).staying is Staying.HOME


def test_every_topic_is_a_purpose_and_every_answer_is_known_to_the_rules() -> None:
    assert set(VisitRequest.Topic) == set(Purpose)
    for topic in VisitRequest.Topic:
        assert advice(seen(topic=topic)).offered.documents
    for field in ("staying", "identity", "voice", "event"):
        for value, _label in RequestConditions._meta.get_field(field).choices:
            assert advice(seen(told=RequestConditions(**{field: value}))).offered


def test_a_period_of_stay_is_noted() -> None:
    assert seen(stay_until=date(2027, 3, 1)).has_period_of_stay
