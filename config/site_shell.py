"""What every page of the site shows: the city and how to call it."""

from django.conf import settings
from django.http import HttpRequest


def city(request: HttpRequest) -> dict[str, str]:
    """Template context: the city's name and telephone, and the language tag of this page."""
    code = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return {
        "city_name": settings.CITY_NAME,
        "city_phone": settings.CITY_PHONE,
        "language_tag": settings.LANGUAGE_TAGS.get(code, code),
    }
