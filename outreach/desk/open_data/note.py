"""The note on method that goes with the files."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

NOTE_NAME = "README.txt"


def note(*, now: datetime) -> bytes:
    """What the files hold, how they were made, and under which licence; UTF-8 with CRLF."""
    text = render_to_string(
        "desk/open_data/note.txt",
        {
            "city": settings.CITY_NAME,
            "phone": settings.CITY_PHONE,
            "minimum": settings.SMALLEST_CELL,
            "licence": settings.OPENDATA_LICENCE,
            "now": now,
        },
    )
    return text.replace("\n", "\r\n").encode("utf-8-sig")
