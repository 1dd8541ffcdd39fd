import pytest

from notifications.models import Message
from notifications.rules.delivery_states import FINAL, OPEN, Told, follow

STATES = [state.value for state in Message.State]


def test_every_state_is_open_or_final():
    assert set(STATES) == OPEN | FINAL
    assert not OPEN & FINAL


@pytest.mark.parametrize("told", list(Told))
@pytest.mark.parametrize("state", sorted(FINAL))
def test_a_final_state_stays(state, told):
    assert follow(state, told) is None


@pytest.mark.parametrize(
    ("state", "told", "then"),
    [
        pytest.param("sent", Told.ACCEPTED, None, id="nothing new"),
        pytest.param("sending", Told.ACCEPTED, None, id="its sender will note it"),
        pytest.param("unknown", Told.ACCEPTED, "sent", id="a doubt that ends"),
        pytest.param("held", Told.ACCEPTED, "sent", id="a doubt a person was asked about"),
        pytest.param("queued", Told.ACCEPTED, "sent", id="out after all, not to be sent again"),
        pytest.param("sent", Told.DELIVERED, "delivered", id="the usual way"),
        pytest.param("sending", Told.DELIVERED, "delivered", id="before it was written down"),
        pytest.param("unknown", Told.DELIVERED, "delivered", id="a doubt that ends well"),
        pytest.param("sent", Told.FAILED, "failed", id="not delivered"),
        pytest.param("unknown", Told.FAILED, "failed", id="a doubt that ends badly"),
    ],
)
def test_what_the_carrier_says_changes_what_is_open(state, told, then):
    assert follow(state, told) == then


@pytest.mark.parametrize(
    ("times_rung", "then"), [(1, "queued"), (2, "failed"), (3, "failed")], ids=str
)
def test_a_telephone_nobody_answers_rings_once_more(times_rung, then):
    assert follow("sent", Told.NOT_ANSWERED, times_rung=times_rung) == then
