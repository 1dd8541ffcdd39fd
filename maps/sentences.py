"""The sentences around the map, in the reader's language."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outreach.coverage.coverage import Coverage

MOST_NAMED = 10
MOST_SUGGESTED = 3


def written_count(count: int | None) -> str:
    """A count with its thousands apart; the same in both languages of the staff."""
    return "" if count is None else f"{count:,}"


def written_date(day: date | None) -> str:
    return "" if day is None else date_format(day, "DATE_FORMAT")


def sentences(coverage: Coverage) -> dict[str, str]:
    """Every sentence of the page that depends on the date, by the name of its place there."""
    return {
        "summary": summary_sentence(coverage),
        "next": next_sentence(coverage),
        "missing": missing_sentence(coverage),
        "dates": dates_sentence(coverage),
    }


def summary_sentence(coverage: Coverage) -> str:
    """The whole city: numerator, denominator, both dates, and the way to the target."""
    whole = coverage.whole
    if whole.missing:
        return _("There are no counts yet. Load them with import_holdings.")
    if whole.rate is None:
        return _("The counts of %(as_of)s hold no residents.") % {
            "as_of": written_date(whole.as_of)
        }
    words = {
        "cards": written_count(whole.cards),
        "residents": written_count(whole.residents),
        "rate": whole.rate,
        "target": percent(coverage.target),
        "needed": written_count(whole.cards_needed),
        "as_of": written_date(whole.as_of),
        "population_as_of": written_date(whole.population_as_of),
    }
    if whole.cards_needed:
        return (
            _(
                "%(cards)s cards (%(as_of)s) / %(residents)s residents (%(population_as_of)s) = "
                "%(rate)s %%. The target is %(target)s %%: %(needed)s more cards are needed."
            )
            % words
        )
    return (
        _(
            "%(cards)s cards (%(as_of)s) / %(residents)s residents (%(population_as_of)s) = "
            "%(rate)s %%. The target of %(target)s %% has been reached."
        )
        % words
    )


def missing_sentence(coverage: Coverage) -> str:
    """Which districts were not counted, by name; empty where all were, or none."""
    names = [row.name for row in coverage.districts if row.missing]
    if not names or coverage.whole.missing:
        return ""
    words = {"names": ", ".join(names[:MOST_NAMED]), "more": len(names) - MOST_NAMED}
    if len(names) > MOST_NAMED:
        return _("Not counted, and not in the sums: %(names)s and %(more)d more.") % words
    return _("Not counted, and not in the sums: %(names)s.") % words


def next_sentence(coverage: Coverage) -> str:
    """Where the most cards are needed; empty where there is no choice to make."""
    wanting = [row for row in coverage.districts if row.cards_needed]
    wanting.sort(key=lambda row: (-(row.cards_needed or 0), row.code))
    if len(wanting) < MOST_SUGGESTED:
        return ""
    listed = ", ".join(
        f"{row.name} ({written_count(row.cards_needed)})" for row in wanting[:MOST_SUGGESTED]
    )
    return _("Most cards are needed in: %(districts)s.") % {"districts": listed}


def dates_sentence(coverage: Coverage) -> str:
    """Both dates the table's numbers are of."""
    if coverage.as_of is None:
        return ""
    return _("Cards as of %(as_of)s, residents as of %(population_as_of)s.") % {
        "as_of": written_date(coverage.as_of),
        "population_as_of": written_date(coverage.population_as_of),
    }


def class_sentences(breaks: Sequence[Decimal]) -> list[str]:
    """The legend's words for each class, the lowest first."""
    lowest = _("under %(bound)s %%") % {"bound": percent(breaks[0])}
    between = [
        _("%(lower)s %% to under %(upper)s %%") % {"lower": percent(low), "upper": percent(high)}
        for low, high in pairwise(breaks)
    ]
    reached = _("%(target)s %% or more: target reached") % {"target": percent(breaks[-1])}
    return [lowest, *between, reached]


def percent(value: Decimal) -> str:
    """90 for 90.0, 87.5 for 87.5."""
    return f"{value.normalize():f}"
