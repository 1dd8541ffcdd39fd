"""A worker in a process of its own, quick to start: forked from one that has loaded Django."""

import multiprocessing
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from time import sleep
from typing import Any

import django
from django.apps import apps

if not apps.ready:
    # In the process that the workers are forked from; it has loaded nothing else.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from twilio import rest  # noqa: F401  (loaded once, before the workers are forked)

from notifications.actions import claims, deliveries
from notifications.models import Message


def deliver_again_and_again(
    database: str, changes: Mapping[str, Any], batch: int, naive: bool
) -> None:
    """What the worker does, on the tests' database and against the tests' stand-in."""
    connections["default"].settings_dict["NAME"] = database
    for name, value in changes.items():
        setattr(settings, name, value)
    deliveries.BATCH_SIZE = batch
    if naive:
        claims.expire = _queue_again  # type: ignore[assignment]
    while True:
        deliveries.deliver_due(now=timezone.now())
        sleep(0.05)


def _queue_again(*, now: Any) -> list[int]:
    """What a sender does that takes no answer for no delivery."""
    Message.objects.orphaned(now=now).update(state="queued", claim=None, claim_expires_at=None)
    return []


@contextmanager
def worker(changes: Mapping[str, Any], *, batch: int, naive: bool = False) -> Iterator[BaseProcess]:
    """A worker that is killed at the end, if nobody has done so before."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    values = (connection.settings_dict["NAME"], dict(changes), batch, naive)
    process = context.Process(target=deliver_again_and_again, args=values, daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
        process.close()
