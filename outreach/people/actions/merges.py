"""Two records are one person: move everything to one of them, and put it back if that was wrong.

What points at a person or at their contact is found by walking the models, so that a room above
need not tell about itself. Rows are remembered by model, column and key. The emptied record stays
behind, closed, and is what an undone merge gives everything back to.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from notifications.actions import closing
from notifications.models import Consent, Contact
from outreach.people.models import (
    AccessRecord,
    KnownApart,
    Person,
    PersonMerge,
)

_Column = models.ForeignKey[Any, Any]

# Columns that stay: who saw the record that is no more was not at the other one; and what says
# how the two records stand to each other.
_STAY = frozenset({AccessRecord, KnownApart, PersonMerge, Person})
# What one record may tell the other, where that knows nothing.
_FILLED_IN = ("kana", "birth_year", "birth_date", "district_id", "household_id")
_BIRTH = frozenset({"birth_year", "birth_date"})
# Of two wishes the one that keeps more silence stands.
_STRICTER = ("do_not_contact", "protected")


class CannotMerge(Exception):
    """Both have something of which one person has one; `label` names the model of it."""

    def __init__(self, message: str, *, label: str = "") -> None:
        super().__init__(message)
        self.label = label


class CannotPartAgain(Exception):
    """The merge has been undone already, or the person was merged into somebody else since."""


@transaction.atomic
def merge(*, kept: Person, gone: Person, by: User, now: datetime) -> PersonMerge:
    """Move everything from one record to the other, which knows better where both differ.

    Raises CannotMerge when both hold something of which one person has one at a time, as a seat
    in the same class: a colleague settles that first.
    """
    if kept.pk == gone.pk:
        raise CannotMerge(_("This is one and the same record."))
    kept, gone = _both(kept, gone)
    if kept.merged_into_id or gone.merged_into_id:
        raise CannotMerge(_("One of these records has been merged already."))
    was_closed = gone.contact.closed
    before = _values(kept)
    moved = [*_move_rows(gone, kept), *_move_rows(gone.contact, kept.contact)]
    points = _move_points(gone.contact, kept.contact)
    consents = _move_consents(gone.contact, kept.contact)
    _fill_in(kept, gone)
    _keep_silence(kept.contact, gone.contact)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    closing.close(contact=gone.contact, now=now)
    return PersonMerge.objects.create(
        kept=kept,
        gone=gone,
        by=by,
        at=now,
        moved={
            "rows": moved,
            "points": points,
            "consents": consents,
            "before": before,
            "after": _values(kept),
            "was_closed": was_closed,
        },
    )


@transaction.atomic
def part(*, merge: PersonMerge, by: User, now: datetime) -> PersonMerge:
    """Undo: everything that was moved goes back; what has come since stays where it came.

    Raises CannotPartAgain.
    """
    standing = PersonMerge.objects.select_for_update().get(pk=merge.pk)
    if standing.undone_at is not None:
        raise CannotPartAgain(_("This has been undone already."))
    kept, gone = _both(standing.kept, standing.gone)
    if kept.merged_into_id:
        raise CannotPartAgain(
            _("This person has been merged with another record since. Undo that first.")
        )
    moved = standing.moved
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    for row in moved["rows"]:
        _put_back(row, kept, gone)
    Consent.objects.filter(pk__in=moved["consents"], contact=kept.contact).update(
        contact=gone.contact
    )
    kept.contact.points.remove(*moved["points"]["added"])
    for point in moved["points"]["of_gone"]:  # one by one: the order says which is the newest
        gone.contact.points.add(point)
    _restore(kept, before=moved["before"], after=moved["after"])
    if not moved["was_closed"]:
        closing.open_again(contact=gone.contact)
    standing.undone_at, standing.undone_by = now, by
    standing.save(update_fields=["undone_at", "undone_by"])
    return standing


def _both(kept: Person, gone: Person) -> tuple[Person, Person]:
    """Both records, held in one order, so that two colleagues never wait for each other."""
    locked = Person.objects.select_for_update(of=("self",)).select_related("contact")
    by_key = {one.pk: one for one in locked.filter(pk__in=(kept.pk, gone.pk)).order_by("pk")}
    return by_key[kept.pk], by_key[gone.pk]


def _columns(model: type[models.Model]) -> Iterator[_Column]:
    """Every column of every room that points at such a record and moves with it."""
    for other in apps.get_models():
        if other in _STAY or other is Consent:
            continue
        for column in other._meta.concrete_fields:
            if isinstance(column, models.ForeignKey) and column.related_model is model:
                yield column


def _move_rows(gone: Person | Contact, kept: Person | Contact) -> list[dict[str, Any]]:
    moved = []
    for column in _columns(type(gone)):
        rows = column.model._base_manager.filter(**{column.name: gone}).order_by("pk")
        # Of a residence or a care record there is one; the one of who stays is the better known.
        has_own = column.unique and column.model._base_manager.filter(**{column.name: kept})
        keys = [] if has_own else list(rows.values_list("pk", flat=True))
        if keys:
            keys = _move(column, keys, kept)
            moved.append({"model": column.model._meta.label, "column": column.name, "keys": keys})
    return moved


def _move(column: _Column, keys: list[int], kept: Person | Contact) -> list[int]:
    """Point the rows at who stays; the keys of those that moved."""
    if _moves(column, keys, kept):
        return keys
    if column.model._meta.app_label == "people":
        # Both have the same need, the same carer: what is said twice may stay behind.
        return [key for key in keys if _moves(column, [key], kept)]
    raise CannotMerge(
        _("Both have something of which there can be only one. Settle that first."),
        label=column.model._meta.label,
    )


def _moves(column: _Column, keys: list[int], kept: Person | Contact) -> bool:
    """Whether the database, which knows what there may be but once, takes it."""
    try:
        with transaction.atomic():
            column.model._base_manager.filter(pk__in=keys).update(**{column.name: kept})
    except IntegrityError:
        return False
    return True


def _put_back(row: dict[str, Any], kept: Person, gone: Person) -> None:
    model = apps.get_model(row["model"])
    column = model._meta.get_field(row["column"])
    of_person = column.related_model is Person
    was, to = (kept, gone) if of_person else (kept.contact, gone.contact)
    rows = model._base_manager.filter(pk__in=row["keys"], **{row["column"]: was})
    rows.update(**{row["column"]: to})


def _move_points(gone: Contact, kept: Contact) -> dict[str, list[int]]:
    """The numbers of both; those of who stays remain the ones used first."""
    of_gone, of_kept = _points(gone), _points(kept)
    added = [key for key in of_gone if key not in of_kept]
    kept.points.clear()
    for key in (*added, *of_kept):
        kept.points.add(key)
    gone.points.clear()
    return {"of_gone": of_gone, "added": added}


def _points(contact: Contact) -> list[int]:
    """Keys of what a contact is reached by, the one told last at the end."""
    through = Contact.points.through.objects.filter(contact=contact).order_by("pk")
    return list(through.values_list("contactpoint_id", flat=True))


def _move_consents(gone: Contact, kept: Contact) -> list[int]:
    """A yes moves where nothing newer was said by who stays; a withdrawal is not undone by it."""
    said: dict[str, datetime] = {}
    for one in kept.consents.all():
        said[one.purpose] = max(
            one.withdrawn_at or one.given_at, said.get(one.purpose, one.given_at)
        )
    moving = [
        one.pk
        for one in gone.consents.filter(withdrawn_at=None)
        if one.purpose not in said
        or (one.given_at > said[one.purpose] and not kept.has_consent(one.purpose))
    ]
    Consent.objects.filter(pk__in=moving).update(contact=kept)
    return moving


def _fill_in(kept: Person, gone: Person) -> None:
    for name in _FILLED_IN:
        if getattr(kept, name) in (None, ""):
            setattr(kept, name, getattr(gone, name))
    if kept.birth_date and kept.birth_date.year != kept.birth_year:
        kept.birth_date = None  # of another year than the one that is known better
    kept.save(update_fields=[name.removesuffix("_id") for name in _FILLED_IN])


def _keep_silence(kept: Contact, gone: Contact) -> None:
    for name in _STRICTER:
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    kept.save(update_fields=list(_STRICTER))


def _values(person: Person) -> dict[str, Any]:
    """What a merge may change about who stays, as it can be kept."""
    values = {name: getattr(person, name) for name in _FILLED_IN}
    values["birth_date"] = person.birth_date.isoformat() if person.birth_date else None
    return values | {name: getattr(person.contact, name) for name in _STRICTER}


def _restore(kept: Person, *, before: dict[str, Any], after: dict[str, Any]) -> None:
    """What a colleague has changed since the merge stands; the rest is as it was before."""
    now_known = _values(kept)
    back = {name: value for name, value in before.items() if now_known[name] == after[name]}
    if not back.keys() >= _BIRTH:  # the year is the date's: both go back, or neither
        back = {name: value for name, value in back.items() if name not in _BIRTH}
    for name in _FILLED_IN:
        if name in back:
            setattr(kept, name, back[name])
    kept.save(update_fields=[name.removesuffix("_id") for name in _FILLED_IN])
    for name in _STRICTER:
        if name in back:
            setattr(kept.contact, name, back[name])
    kept.contact.save(update_fields=list(_STRICTER))
