from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from notifications.models import Consent, Contact, ContactPoint, Message


def point(**changes):
    return ContactPoint(**{"kind": "phone", "value": "+81186000111", **changes})


def message(contact, **changes):
    values = {"purpose": "visit", "channel": "sms", "language": "vi", "body": "x", "reference": "r"}
    return Message(contact=contact, queued_at=contact.created_at, **{**values, **changes})


@pytest.fixture
def linh_has_everything(linh):
    """Rows beside which each of the wrong ones below would be the second."""
    point().save()
    Consent.objects.create(contact=linh, purpose="visit", how="web", wording="はい")
    message(linh).save()
    return linh


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("contact_language_known", lambda linh: Contact(name="A", language="xx")),
        ("contact_has_name", lambda linh: Contact(name="")),
        ("contact_point_once", lambda linh: point()),
        ("contact_point_kind_known", lambda linh: point(kind="fax")),
        ("contact_point_state_known", lambda linh: point(value="x", state="lost")),
        ("contact_point_not_empty", lambda linh: point(value="")),
        (
            "consent_once_while_valid",
            lambda linh: Consent(contact=linh, purpose="visit", how="web", wording="はい"),
        ),
        (
            "consent_how_known",
            lambda linh: Consent(contact=linh, purpose="own-link", how="dream", wording="はい"),
        ),
        ("message_reference_once", lambda linh: message(linh)),
        ("message_state_known", lambda linh: message(linh, reference="2", state="lost")),
        ("message_channel_known", lambda linh: message(linh, reference="2", channel="fax")),
        (
            "message_claim_only_while_sending",
            lambda linh: message(linh, reference="2", claim=uuid4()),
        ),
        (
            "message_claim_only_while_sending",
            lambda linh: message(linh, reference="2", state="sending"),
        ),
    ],
)
def test_the_database_itself_refuses(linh_has_everything, name, wrong):
    """PostgreSQL names the constraint; SQLite names a check, and the columns of a unique one."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        wrong(linh_has_everything).save()

    said = str(refusal.value)
    assert name in said or said.startswith("UNIQUE constraint failed")


def test_the_groups_of_states_cover_all_and_do_not_overlap():
    groups = [Message.WAITING, Message.IN_FLIGHT, Message.REACHED, Message.NOT_REACHED]

    assert sorted(state for group in groups for state in group) == sorted(Message.State)
