"""The figures of classes as tables: on the screen one for each count, in a file one for all."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outreach.classes.figures import AGES, Figures, Shown
from outreach.classes.rules.age_groups import AgeGroup

AGE_WORDS = {
    AgeGroup.UNDER_65: gettext_lazy("Under 65"),
    AgeGroup.FROM_65: gettext_lazy("65 to 74"),
    AgeGroup.FROM_75: gettext_lazy("75 to 84"),
    AgeGroup.FROM_85: gettext_lazy("85 and over"),
    AgeGroup.UNKNOWN: gettext_lazy("Age not told"),
}
COUNT_WORDS = {
    "people": gettext_lazy("People"),
    "taken": gettext_lazy("Places taken"),
    "attended": gettext_lazy("Attended"),
    "no_shows": gettext_lazy("Did not come"),
    "first_timers": gettext_lazy("First time at a class"),
    "waiting": gettext_lazy("Found no place"),
}
LEFT_OUT = "…"
WIDTHS = (22, 16, *(14 for _count in COUNT_WORDS))

Rows = list[tuple[str, list[int | str]]]


def tables(figures: Figures) -> list[tuple[str, Rows]]:
    """For each count its words, and its rows of a name with one value for each age and the sum."""
    return [
        (
            str(words),
            [(name, [_value(cell, count) for cell in cells]) for name, cells in _named(figures)],
        )
        for count, words in COUNT_WORDS.items()
    ]


def header() -> list[str]:
    """The heading of the file."""
    return [_("District"), _("Age"), *map(str, COUNT_WORDS.values())]


def rows(figures: Figures) -> Iterator[list[int | str]]:
    """One line of the file for each district and age group, sums included."""
    ages = [*(str(AGE_WORDS[age]) for age in AGES), _("All")]
    for name, cells in _named(figures):
        for age, cell in zip(ages, cells, strict=True):
            yield [name, age, *(_value(cell, count) for count in COUNT_WORDS)]


def _named(figures: Figures) -> Iterator[tuple[str, tuple[Shown, ...]]]:
    *districts, (_name, whole) = figures.rows
    for name, cells in districts:
        yield name or _("District not known"), cells
    yield _("All districts"), whole


def _value(cell: Shown, count: str) -> int | str:
    value = cell[count]
    return LEFT_OUT if value is None else value
