"""Which letters may travel as a postcard, which everybody on the way can read."""

from django.conf import settings

from notifications.links import resident_token
from notifications.models import Message
from notifications.rules.paper import fits_postcard


def postcard_purposes() -> list[str]:
    """Purposes whose messages tell nothing about the person they are for."""
    return [
        purpose
        for purpose, declared in settings.NOTIFICATION_PURPOSES.items()
        if declared.get("postcard")
    ]


def may_be_postcard(message: Message) -> bool:
    """Whether a message fits on a postcard and tells nothing about the person.

    Its purpose must be declared as open to be read ("postcard" in NOTIFICATION_PURPOSES), and it
    must not hold the link to the person's own page.
    """
    return (
        message.purpose in postcard_purposes()
        and resident_token(message.contact) not in message.body
        and fits_postcard(message.subject, message.body)
    )
