"""The address of a confirmation page: signed, so that references cannot be tried out."""

from functools import partial

from django.core.signing import BadSignature, Signer

from outreach.classes.models import Registration

# A full stop survives being copied by hand better than the usual colon.
_signer = partial(Signer, salt="outreach.classes.confirmation", sep=".")


class UnknownConfirmation(Exception):
    """The link is not one of ours, or the registration is no longer on record."""


def confirmation_token(registration: Registration) -> str:
    """What stands in the path of a registration's confirmation page; it does not expire."""
    return _signer().sign(registration.reference)


def registration_of(token: str) -> Registration:
    """The registration a token was made for. Raises UnknownConfirmation."""
    try:
        reference = _signer().unsign(token)
    except BadSignature:
        raise UnknownConfirmation("This link is not known.") from None
    # Of a whole series the first day that still stands speaks for all.
    rows = Registration.objects.to_confirm().filter(reference=reference)
    found = sorted(
        rows, key=lambda row: (row.state in Registration.ENDED, row.session.starts_at, row.pk)
    )
    if not found:
        raise UnknownConfirmation("This link is not known.")
    return found[0]
