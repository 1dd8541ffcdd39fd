"""Numbers and addresses with most of them blotted out: who knows them recognises them."""

_SHOWN = 2
_BLOT = "●●●"


def masked_email(address: str) -> str:
    """The first letter and the host: ``a●●●@example.com``."""
    local, _, host = address.rpartition("@")
    return f"{local[:1]}{_BLOT}@{host}"


def masked_phone(number: str) -> str:
    """The last two digits: ``●●●12``."""
    return f"{_BLOT}{number[-_SHOWN:]}"
