"""A simple brake on forms that send something: so many times in a while, counted in the cache."""

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def allowed(key: str, *, times: int, seconds: int) -> bool:
    """Whether `key` may once more; each time blocks one of `times` places for `seconds`.

    Only a hash of the key goes into the cache: it may be a telephone number.
    """
    name = sha256(key.encode()).hexdigest()
    return any(cache.add(f"allowed:{name}:{place}", 1, seconds) for place in range(times))


def client_address(request: HttpRequest) -> str:
    """The visitor's address, behind as many proxies of our own as `TRUSTED_PROXIES` says.

    What stands further left in X-Forwarded-For was written by the visitor and is not believed.
    """
    proxies = settings.TRUSTED_PROXIES
    forwarded = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if proxies and len(forwarded) >= proxies and forwarded[-proxies]:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")
