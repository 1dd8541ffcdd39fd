"""When a class with few people needs a decision."""

from datetime import timedelta

# Early enough to announce it once more, or to tell those who registered that it is not held.
DECIDE_BEFORE = timedelta(days=10)
