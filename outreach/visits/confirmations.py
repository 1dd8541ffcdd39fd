"""The address of a confirmation page: signed, so that a reference alone opens nothing."""

from django.core.signing import BadSignature, Signer

from outreach.visits.models import VisitRequest


class UnknownConfirmation(Exception):
    """The address is damaged, or the request it belonged to is no longer on record."""


def signed_reference(request: VisitRequest) -> str:
    """What stands in the address of the page that confirms a request."""
    return _signer().sign(request.reference)


def request_of(signed: str) -> VisitRequest:
    """The request a signed reference belongs to. Raises UnknownConfirmation."""
    try:
        rows = VisitRequest.objects.select_related("person", "conditions")
        return rows.get(reference=_signer().unsign(signed))
    except (BadSignature, VisitRequest.DoesNotExist):
        raise UnknownConfirmation("This address is not known.") from None


def _signer() -> Signer:
    # A full stop, because it survives being copied better than the usual colon.
    return Signer(salt="visits.confirmations", sep=".")
