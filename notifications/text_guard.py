"""The guard in front of everything people typed: some numbers may not be kept here (番号法).

Which numbers those are is known above this app, so the settings name the function by its path.
"""

from django.conf import settings
from django.utils.module_loading import import_string


def guard(text: str) -> None:
    """Raise ValidationError if the text holds something that may not be kept.

    A missing or wrong ``NOTIFICATION_TEXT_GUARD`` raises as well: nothing passes unguarded.
    """
    import_string(settings.NOTIFICATION_TEXT_GUARD)(text)
