"""What this app does about its own news."""

from typing import Any

from django.utils import timezone

from notifications.actions import stops
from notifications.models import ContactPoint
from notifications.signals import number_stopped


def listen() -> None:
    """Connect the receivers."""
    number_stopped.connect(settle_waiting, dispatch_uid="notifications:settle_waiting")


def settle_waiting(*, point: ContactPoint, **_: Any) -> None:
    """The carrier's refusal of one message has stopped a number: others may wait for it."""
    stops.settle_waiting(point=point, now=timezone.now())
