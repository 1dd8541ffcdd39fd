"""Age groups of who comes to classes; the fine bands of the coverage would leave everybody out."""

from enum import StrEnum


class AgeGroup(StrEnum):
    """By the age somebody reaches in the year; UNKNOWN where no year of birth was told."""

    UNDER_65 = "under_65"
    FROM_65 = "65_74"
    FROM_75 = "75_84"
    FROM_85 = "85"
    UNKNOWN = "unknown"


_FROM = ((85, AgeGroup.FROM_85), (75, AgeGroup.FROM_75), (65, AgeGroup.FROM_65))


def age_group(*, birth_year: int | None, in_year: int) -> AgeGroup:
    """The group of somebody born in one year, seen in another."""
    if birth_year is None:
        return AgeGroup.UNKNOWN
    age = in_year - birth_year
    return next((group for least, group in _FROM if age >= least), AgeGroup.UNDER_65)
