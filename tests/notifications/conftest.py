from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from notifications.actions import contacts, messages
from notifications.models import Contact, Message
from notifications.rules.phones import parse_phone
from tests.cast import LINH, Character
from tests.notifications.stand_in import Carrier, running_carrier

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture(autouse=True)
def _texts_of_the_tests(settings: Any) -> None:
    """The texts of an app above; notifications has none of its own."""
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [TEMPLATES]}]


def write_down(character: Character, **changes: Any) -> Contact:
    """The contact of one of the cast."""
    values: dict[str, Any] = {
        "name": character.name,
        "language": character.language,
        "phone": parse_phone(character.phone),
        "email": character.email,
    }
    return contacts.record(**{**values, **changes})


@pytest.fixture
def linh(db: None) -> Contact:
    return write_down(LINH)


@pytest.fixture
def queue(now: datetime) -> Callable[..., Message]:
    """Queue a notice for a contact, with what the test wants otherwise."""

    def put(contact: Contact, **changes: Any) -> Message:
        values: dict[str, Any] = {
            "purpose": "visit",
            "reference": f"notice-{contact.pk}",
            "template": "town/messages/notice",
            "context": {"topic": "スマホ教室", "starts_at": now},
            "now": now,
        }
        return messages.enqueue(contact=contact, **{**values, **changes})

    return put


@pytest.fixture
def carrier(settings: Any) -> Iterator[Carrier]:
    """A stand-in for Twilio on this machine, and the settings that lead to it."""
    with running_carrier() as stand_in:
        for name, value in stand_in.settings().items():
            setattr(settings, name, value)
        yield stand_in
