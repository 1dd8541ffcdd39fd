"""A counter asks for what a visit asks for."""

import pytest

from mynumber.rules.eligibility import documents_for as by_rule
from mynumber.rules.situations import Purpose, Situation
from mynumber.rules.ways import Way
from mynumber.way_words import DOCUMENTS
from outreach.reception.documents import documents_for
from outreach.reception.models import Service


@pytest.mark.parametrize(
    ("service", "purpose", "way"),
    [
        ("apply", Purpose.FIRST_CARD, Way.APPLY_AT_COUNTER),
        ("renew_card", Purpose.CARD_RENEWAL, Way.APPLY_AT_COUNTER),
        ("renew_certificate", Purpose.CERTIFICATE_RENEWAL, Way.CERTIFICATE_AT_COUNTER),
        ("collect", Purpose.COLLECTION, Way.COLLECT_AT_COUNTER),
    ],
)
def test_the_documents_are_those_of_the_rules(service: str, purpose: Purpose, way: Way) -> None:
    ruled = [DOCUMENTS[one] for one in by_rule(Situation(purpose=purpose), way)]
    assert ruled
    assert list(documents_for(service))[: len(ruled)] == ruled


def test_every_service_has_something_to_bring() -> None:
    assert all(documents_for(service) for service in Service)
