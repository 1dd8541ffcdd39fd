"""Counts of residents and cards are brought in, one batch for each date."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256 as sha256_of

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mynumber.rules.forbidden_numbers import forbidden_numbers
from mynumber.validators import refuse_forbidden_numbers
from outreach.coverage.holdings_table import HoldingRow, read_holdings
from outreach.coverage.models import Batch, Holding
from outreach.coverage.remarks import FileRefused, Remark
from outreach.places.models import BoundarySet, District

_LONGEST_NAME = 200
_NAME_FORBIDDEN = gettext_lazy(
    "The name of the file looks like a number from a card. Give the file another name."
)
_IN_THE_FUTURE = gettext_lazy("The counts are dated %(date)s, which is still to come. Check it.")


class NoBoundaries(Exception):
    """No boundary set is in force, so there are no districts to count in."""


class UnknownDistrict(Exception):
    """A row names a code that is not a district without parts of the boundary set in force."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: the batch in force, whether it is new, what it replaced, notes."""

    batch: Batch
    is_new: bool
    replaced: Batch | None
    notes: tuple[Remark, ...]


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """A file's tuples all stay until it is stored and form no cycles.

    Looking through them and the whole application for cycles again and again, as they pile up,
    would take a third of the time of an import.
    """
    was_searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_searching:
            gc.enable()


@_no_search_for_cycles()
def import_file(
    *,
    content: bytes,
    file_name: str,
    now: datetime,
    as_of: date | None = None,
    accept_over: bool = False,
    by: User | None = None,
) -> Imported:
    """Check a file of counts and bring it in as one batch.

    Raises FileRefused with every fault, having written nothing, and NoBoundaries.
    """
    boundary_set = _boundary_set_in_force()
    districts = _Districts.of(boundary_set)
    faults = [Remark(_NAME_FORBIDDEN)] if forbidden_numbers(file_name) else []
    try:
        table = read_holdings(
            content,
            leaves=districts.names,
            parents=districts.with_parts,
            as_of=as_of,
            accept_over=accept_over,
        )
    except FileRefused as refused:
        raise FileRefused([*faults, *refused.faults]) from None
    if faults:
        raise FileRefused(faults)
    batch, is_new, replaced = _stored(
        rows=table.rows,
        ids=districts.ids,
        batch=Batch(
            boundary_set=boundary_set,
            as_of=table.as_of,
            population_as_of=table.population_as_of,
            file_name=file_name[:_LONGEST_NAME],
            sha256=sha256_of(content).hexdigest(),
            imported_at=now,
            imported_by=by,
        ),
    )
    notes = list(table.notes)
    if table.as_of > timezone.localdate(now):
        notes.append(Remark(_IN_THE_FUTURE, values={"date": table.as_of}))
    return Imported(batch, is_new, replaced, tuple(notes))


def replace(
    *,
    rows: Sequence[HoldingRow],
    as_of: date,
    population_as_of: date,
    file_name: str,
    sha256: str,
    by: User | None = None,
    now: datetime,
) -> Batch:
    """Make these rows the counts of their date, keeping earlier ones as replaced.

    A row is (district code, first year of the age band or -1 for all ages, "m" | "f" | "b" for
    both sexes, residents, cards). The same rows again change nothing and give the batch that
    holds them. Raises NoBoundaries, UnknownDistrict, and ValidationError for a file name that
    holds a number the city may not keep.
    """
    refuse_forbidden_numbers(file_name)
    boundary_set = _boundary_set_in_force()
    districts = _Districts.of(boundary_set)
    unknown = {row[0] for row in rows} - districts.ids.keys()
    if unknown:
        raise UnknownDistrict(
            _("No district of the boundaries in force has the code %(code)s.")
            % {"code": min(unknown)}
        )
    batch, _is_new, _replaced = _stored(
        rows=rows,
        ids=districts.ids,
        batch=Batch(
            boundary_set=boundary_set,
            as_of=as_of,
            population_as_of=population_as_of,
            file_name=file_name[:_LONGEST_NAME],
            sha256=sha256,
            imported_at=now,
            imported_by=by,
        ),
    )
    return batch


@transaction.atomic
def _stored(
    *, rows: Sequence[HoldingRow], ids: dict[str, int], batch: Batch
) -> tuple[Batch, bool, Batch | None]:
    """The batch in force for its date, whether it is this one, and which it has replaced."""
    # Two imports of one date wait for each other here, and the second sees what the first did.
    BoundarySet.objects.select_for_update().only("pk").get(pk=batch.boundary_set_id)
    rows = sorted(rows)
    batch.content_hash = sha256_of(repr((batch.population_as_of, rows)).encode()).hexdigest()
    earlier = Batch.objects.filter(
        boundary_set=batch.boundary_set_id, as_of=batch.as_of, replaced_by=None
    ).first()
    if earlier is not None and earlier.content_hash == batch.content_hash:
        return earlier, False, None
    # One batch at a time may count for a date, so the new one steps aside until it is the only.
    batch.replaced_by = earlier
    batch.save(force_insert=True)
    if earlier is not None:
        earlier.replaced_by = batch
        earlier.save(update_fields=["replaced_by"])
        batch.replaced_by = None
        batch.save(update_fields=["replaced_by"])
    cells = [(ids[code], age, sex, people, cards) for code, age, sex, people, cards in rows]
    Holding.objects.insert_cells(batch=batch, cells=cells)
    return batch, True, earlier


def _boundary_set_in_force() -> BoundarySet:
    boundary_set = BoundarySet.objects.in_force()
    if boundary_set is None:
        raise NoBoundaries(
            _("There are no districts yet. Load the boundaries first, with import_boundaries.")
        )
    return boundary_set


@dataclass(frozen=True, slots=True)
class _Districts:
    """Ids and names of the districts counts may stand on, by code; codes of those with parts."""

    ids: dict[str, int]
    names: dict[str, str]
    with_parts: frozenset[str]

    @classmethod
    def of(cls, boundary_set: BoundarySet) -> "_Districts":
        districts = District.objects.filter(boundary_set=boundary_set).values_list(
            "pk", "code", "name", "parent"
        )
        with_parts = {parent for _pk, _code, _name, parent in districts}
        return cls(
            ids={code: pk for pk, code, _name, _parent in districts if pk not in with_parts},
            names={code: name for pk, code, name, _parent in districts if pk not in with_parts},
            with_parts=frozenset(
                code for pk, code, _name, _parent in districts if pk in with_parts
            ),
        )
