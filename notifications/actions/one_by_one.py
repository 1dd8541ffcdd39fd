"""Go through many things to announce so that one that fails does not stop those after it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import extract_tb

logger = logging.getLogger(__name__)


class SomeNotQueued(Exception):
    """Of many messages some could not be put into the outbox; the others stand there."""

    def __init__(self, *, queued: int, failed: int) -> None:
        super().__init__(f"{failed} could not be put into the outbox, {queued} were.")
        self.queued, self.failed = queued, failed


class OneByOne:
    """Counts what was queued and what failed."""

    def __init__(self) -> None:
        self.queued = self.failed = 0

    @contextmanager
    def by_itself(self, name: str) -> Iterator[None]:
        """Do one; if it fails, log `name` and the place in the code, and go on.

        The words of the fault are left out: they may hold a name or a number of somebody.
        """
        try:
            yield
        except Exception as fault:
            self.failed += 1
            frame = extract_tb(fault.__traceback__)[-1]
            kind = type(fault).__name__
            logger.error("%s failed: %s in %s, line %s", name, kind, frame.filename, frame.lineno)

    def finish(self) -> int:
        """How many were queued. Raises SomeNotQueued when any failed."""
        if self.failed:
            raise SomeNotQueued(queued=self.queued, failed=self.failed)
        return self.queued
