"""By which channel, and at which of their numbers or addresses, a person is reached first."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .phones import PhoneKind, line_of

# What the city tries first when the person has not said otherwise: what arrives at once and
# costs least, before what takes a colleague's time or the post.
HOUSE_ORDER = ("sms", "email", "voice", "call", "letter")

_NEEDS = {"sms": "phone", "email": "email", "voice": "phone", "call": "phone", "letter": "post"}


@dataclass(frozen=True, slots=True)
class Address:
    """One usable number or address: `kind` is phone, email or post; a phone is in E.164."""

    key: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Way:
    """A channel and the key of the address it goes to."""

    channel: str
    key: int


def first_way(
    addresses: Sequence[Address],
    *,
    order: Iterable[str] = (),
    protected: bool = False,
    takes_automatic_calls: bool = False,
    tried: Collection[Way] = (),
) -> Way | None:
    """The best way to reach somebody that has not been `tried`, or None.

    `addresses` stand with the one told last first. `order` holds the channels the person prefers;
    the others follow in the house order. A protected person (DV 支援措置) gets no letter. A machine
    calls only who agreed to it (`takes_automatic_calls`): unasked, it sounds like 還付金詐欺.
    """
    barred = {"letter"} if protected else set()
    if not takes_automatic_calls:
        barred.add("voice")
    channels = [channel for channel in _complete(order) if channel not in barred]
    return next((way for way in _ways(addresses, channels) if way not in tried), None)


def _complete(order: Iterable[str]) -> tuple[str, ...]:
    preferred = [channel for channel in order if channel in HOUSE_ORDER]
    return tuple(dict.fromkeys([*preferred, *HOUSE_ORDER]))


def _ways(addresses: Sequence[Address], channels: Iterable[str]) -> Iterator[Way]:
    for channel in channels:
        fitting = [address for address in addresses if address.kind == _NEEDS[channel]]
        if channel == "sms":
            fitting = [address for address in fitting if _kind(address) is PhoneKind.MOBILE]
        if channel in {"voice", "call"}:
            # A stable sort: home first, then the rest in the order they stand.
            fitting.sort(key=lambda address: _kind(address) is not PhoneKind.LANDLINE)
        yield from (Way(channel, address.key) for address in fitting)


def _kind(address: Address) -> PhoneKind | None:
    return line_of(address.value)
