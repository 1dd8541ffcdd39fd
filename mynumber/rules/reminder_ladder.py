"""Which renewal reminder is due on a day.

A pure answer to "what should go out today": asked twice it answers twice the same, so that the
sender stays idempotent by naming each message after the person, the expiry and `Step.code`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# Days relative to the day of expiry (T): a working proposal that the city may change by setting.
# T-90 can fall up to two days before the renewal period opens (expiry at the end of May), so the
# text of that step has to name the opening day and must not say "you can renew now".
DEFAULT_LADDER = (-90, -60, -30, -7, 0, 30, 75)

# A reminder that could not go out for longer than this is left out; the next step follows anyway.
STALE_AFTER_DAYS = 14


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: `days` from the expiry (negative before it) and the day it falls due."""

    days: int
    due_on: date

    @property
    def code(self) -> str:
        """The rung's stable name, for references and reports: "T-90", "T", "T+30"."""
        return f"T{self.days:+d}" if self.days else "T"


def steps(expires_on: date, ladder: Iterable[int] = DEFAULT_LADDER) -> tuple[Step, ...]:
    """All rungs for one expiry, earliest first; a rung written twice counts once."""
    return tuple(Step(days, expires_on + timedelta(days=days)) for days in sorted(set(ladder)))


def due_step(
    expires_on: date,
    *,
    today: date,
    since: date | None = None,
    ladder: Iterable[int] = DEFAULT_LADDER,
) -> Step | None:
    """The one rung that should be sent today, or None.

    It is the latest rung that has fallen due, so that after an outage nobody receives several at
    once. It is not sent when it fell due before the resident asked (`since`): whoever asks at T-40
    first hears at T-30. It is not sent either when it has been due for more than
    STALE_AFTER_DAYS. A clock set back only names an earlier rung again, whose message exists.
    """
    fallen_due = [step for step in steps(expires_on, ladder) if step.due_on <= today]
    if not fallen_due:
        return None
    latest = fallen_due[-1]
    if since is not None and latest.due_on < since:
        return None
    if (today - latest.due_on).days > STALE_AFTER_DAYS:
        return None
    return latest
