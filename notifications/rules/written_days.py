"""Numbers of days as a city writes them in a setting."""


class DaysNotUnderstood(ValueError):
    """A written list of days cannot be read."""


def parse_days(written: str, *, least: int, most: int) -> tuple[int, ...]:
    """Read whole numbers such as ``-90,-7,0,30``, each once; nothing written is an empty list.

    Raises DaysNotUnderstood for what is no number or lies outside of `least` to `most`.
    """
    days = [_day(part.strip()) for part in written.split(",")] if written.strip() else []
    for day in days:
        if not least <= day <= most:
            raise DaysNotUnderstood(f"{day} is not between {least} and {most}.")
    return tuple(dict.fromkeys(days))


def _day(written: str) -> int:
    try:
        return int(written)
    except ValueError:
        raise DaysNotUnderstood(f"{written!r} is not a whole number.") from None
