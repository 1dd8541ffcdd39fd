from django.db import models

from notifications.models import Contact
from outreach.people.models.care_facility import CareFacility


class FacilityContact(models.Model):
    """Whom to ask for at a care facility."""

    facility = models.ForeignKey(
        CareFacility, on_delete=models.CASCADE, related_name="contact_persons"
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="facility_duties")
    duty = models.CharField(max_length=80, blank=True)  # 生活相談員, 施設長 …

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "contact"], name="facility_contact_once_for_a_facility"
            )
        ]

    def __str__(self) -> str:
        return f"contact person {self.pk} of facility {self.facility_id}"
