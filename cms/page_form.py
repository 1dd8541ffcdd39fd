"""The editor's form of every page: free text of any language refuses numbers of the card."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue

from mynumber.validators import refuse_forbidden_numbers


class GuardedPageForm(WagtailAdminPageForm):
    """Names the field that holds a forbidden number; what the editor typed stays in the form."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name, value in list(cleaned.items()):
            try:
                for text in texts_in(value):
                    refuse_forbidden_numbers(text)
            except ValidationError as refusal:
                self.add_error(name, refusal)
        return cleaned


def texts_in(value: object) -> Iterator[str]:
    """Every text an editor typed into a field: a string, or the parts of a stream.

    The ids of a stream's blocks are left out: they are ours, and any twelve digits may meet there.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, StreamValue):
        for block in value.get_prep_value():
            yield from texts_in(block["value"])
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
