"""Until when somebody who waited can take the place they are offered, and when nobody is asked.

A place that comes free is offered to the line, first come first. From shortly before the class on
an offer could no longer be heard and answered in time, and places are not kept for the line any
more: whoever takes one first has it, on the web, by telephone or from the line itself. An empty
chair helps nobody. Colleagues call those who wait, in the order of the line, as long as they can.
"""

from datetime import datetime, timedelta

# Long enough for a message on a landline to be heard and talked over with the family, short
# enough for the next in line to come too. A working guess of the city.
TIME_TO_ANSWER = timedelta(hours=48)
# Who is offered a place later than this could hardly come any more; a colleague calls instead.
LATEST_BEFORE_CLASS = timedelta(hours=3)


def answer_by(*, offered_at: datetime, starts_at: datetime) -> datetime | None:
    """The moment an offer made at `offered_at` ends; None when it is too late for one.

    Never later than shortly before the class, so that the place is not lost with the answer.
    """
    last = starts_at - LATEST_BEFORE_CLASS
    return min(offered_at + TIME_TO_ANSWER, last) if offered_at < last else None
