"""The address of a confirmation page: signed, so that a reference alone opens nothing."""

from django.core.signing import BadSignature, Signer

from outreach.visits.models import RequestGroup, VisitRequest


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


def signed_group(group: RequestGroup) -> str:
    """What stands in the address of the page that confirms a group's requests."""
    return _signer("visits.groups").sign(group.reference)


def group_of(signed: str) -> RequestGroup:
    """The group a signed reference belongs to. Raises UnknownConfirmation."""
    try:
        return RequestGroup.objects.get(reference=_signer("visits.groups").unsign(signed))
    except (BadSignature, RequestGroup.DoesNotExist):
        raise UnknownConfirmation("This address is not known.") from None


def _signer(salt: str = "visits.confirmations") -> Signer:
    # A full stop, because it survives being copied better than the usual colon.
    return Signer(salt=salt, sep=".")
