"""Draw the reference of a registration."""

from outreach.classes.models import Registration
from outreach.people.rules.references import new_reference


def unused_reference() -> str:
    """A reference no registration has yet."""
    reference = new_reference("C")
    while Registration.objects.filter(reference=reference).exists():
        reference = new_reference("C")
    return reference
