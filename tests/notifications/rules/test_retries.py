from datetime import timedelta

from notifications.rules.retries import PAUSES, pause_before_next


def test_each_pause_is_longer_than_the_one_before_and_the_last_attempt_has_none():
    pauses = [pause_before_next(attempts) for attempts in range(1, len(PAUSES) + 1)]

    assert pauses[0] == timedelta(minutes=2)
    assert pauses == sorted(pauses)
    assert pause_before_next(len(PAUSES) + 1) is None
