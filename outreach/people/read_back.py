"""What somebody answered, in the words of the questions, for the page where they check it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notifications.rules.phones import Phone
from outreach.places.models import District


@dataclass(frozen=True, slots=True)
class Line:
    """One question and its answer: a text, a day or a district; all empty when left open."""

    label: str | Promise
    text: str | Promise = ""
    day: date | None = None
    district: District | None = None


def read_back(form: forms.Form) -> Iterator[Line]:
    """The answers of a valid form, question by question."""
    for bound in form:
        answer = form.cleaned_data[bound.name]
        match answer:
            case District():
                yield Line(bound.label, district=answer)
            case date():
                yield Line(bound.label, day=answer)
            case Phone():
                yield Line(bound.label, text=answer.national)
            case _ if isinstance(bound.field, forms.ChoiceField):
                yield Line(bound.label, text=_label(bound.field, bound.data))
            case bool():
                yield Line(bound.label, text=_("Yes") if answer else _("No"))
            case _:
                yield Line(bound.label, text="" if answer is None else str(answer))


def _label(field: forms.ChoiceField, chosen: str | None) -> str:
    """The words beside a choice; empty when nothing was chosen."""
    for value, label in field.choices:  # type: ignore[union-attr, misc]
        if str(value) == (chosen or ""):
            return str(label)
    return ""
