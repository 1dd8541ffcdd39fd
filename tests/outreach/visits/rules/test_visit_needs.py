"""What a team brings, for everything somebody can ask for."""

import pytest

from outreach.visits.models import VisitRequest
from outreach.visits.rules.visit_needs import FACE_PHOTO, LANGUAGE, TABLET, needs_of_visit


@pytest.mark.parametrize("topic", VisitRequest.Topic.values)
def test_every_topic_has_its_needs(topic):
    assert needs_of_visit(topic=topic, language="ja") <= {FACE_PHOTO, TABLET}


def test_whoever_applies_is_photographed():
    asked = {"first_card", "card_renewal", "replacement"}
    needs = {topic: needs_of_visit(topic=topic, language="ja") for topic in asked}
    assert all(FACE_PHOTO in needed for needed in needs.values())


def test_a_foreign_language_is_one_of_the_needs():
    assert f"{LANGUAGE}vi" in needs_of_visit(topic="unsure", language="vi")
