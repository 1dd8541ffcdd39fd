"""The guard in front of everything people typed: some numbers may not be kept here (番号法).

Which numbers those are is known above this app, so the settings name the functions by their paths.
"""

from django.conf import settings
from django.utils.module_loading import import_string


def guard(text: str) -> None:
    """Raise ValidationError if the text holds something that may not be kept.

    A missing or wrong ``NOTIFICATION_TEXT_GUARD`` raises as well: nothing passes unguarded.
    """
    import_string(settings.NOTIFICATION_TEXT_GUARD)(text)


def mask(text: str) -> str:
    """A text that came in by itself, with what may not be kept blotted out.

    Nobody can be asked to write an SMS again, so it is not refused. A missing or wrong
    ``NOTIFICATION_TEXT_MASK`` raises, and so does a mask that leaves something behind.
    """
    masked = import_string(settings.NOTIFICATION_TEXT_MASK)(text)
    guard(masked)
    return str(masked)
