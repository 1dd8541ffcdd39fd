"""By which channel somebody will hear from the city, before anything has been written to them."""

from dataclasses import dataclass

from notifications.models import Contact, ContactPoint
from notifications.rules.channels import Address, first_way
from notifications.rules.phones import Phone, parse_phone
from notifications.texts import SPOKEN_LANGUAGES

# Stands for a number that is not on record yet.
_TOLD_NOW = 0


@dataclass(frozen=True, slots=True)
class FirstWay:
    """A channel, and the number or address as people at home write it."""

    channel: Contact.Channel
    address: str


def first_way_to(
    contact: Contact | None,
    *,
    language: str,
    phone: Phone | None = None,
    agrees_to_calls: bool = False,
) -> FirstWay | None:
    """The channel of the next message to a person; None when nobody could reach them.

    `contact` is None for who is not on record yet. `phone` is a number they have just told, which
    comes before those known. `agrees_to_calls`: they have just said yes to automatic calls.
    """
    told = [Address(_TOLD_NOW, ContactPoint.Kind.PHONE, phone.e164)] if phone else []
    known = list(contact.usable_points()) if contact else []
    addresses = told + [Address(point.pk, point.kind, point.value) for point in known]
    way = first_way(
        addresses,
        order=contact.channel_order if contact else (),
        protected=bool(contact and contact.protected),
        takes_automatic_calls=language in SPOKEN_LANGUAGES
        and (agrees_to_calls or bool(contact and contact.takes_automatic_calls())),
    )
    if way is None:
        return None
    address = next(one for one in addresses if one.key == way.key)
    is_phone = address.kind == ContactPoint.Kind.PHONE
    written = parse_phone(address.value).national if is_phone else address.value
    return FirstWay(Contact.Channel(way.channel), written)
