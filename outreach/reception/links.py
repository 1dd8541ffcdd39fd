"""The address of a confirmation page: signed, so that references cannot be tried out."""

from functools import partial

from django.core.signing import BadSignature, Signer

from outreach.reception.models import Appointment

# A full stop survives being copied by hand better than the usual colon.
_signer = partial(Signer, salt="outreach.reception.confirmation", sep=".")


class UnknownConfirmation(Exception):
    """The link is not one of ours, or the appointment is no longer on record."""


def confirmation_token(appointment: Appointment) -> str:
    """What stands in the path of an appointment's confirmation page; it does not expire."""
    return _signer().sign(appointment.reference)


def appointment_of(token: str) -> Appointment:
    """The appointment a token was made for. Raises UnknownConfirmation."""
    try:
        reference = _signer().unsign(token)
        return Appointment.objects.to_confirm().get(reference=reference)
    except (BadSignature, Appointment.DoesNotExist):
        raise UnknownConfirmation("This link is not known.") from None
