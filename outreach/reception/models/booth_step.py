from django.db import models

from outreach.reception.models.appointment import Appointment
from outreach.reception.models.opening_day import OpeningDay


class BoothStep(models.Model):
    """Five minutes of one booth that an appointment takes, its buffer included.

    Appointments have different lengths, so a unique beginning would not keep them apart. As rows
    of one length they are kept apart by a plain unique constraint, on every database.
    """

    day = models.ForeignKey(
        OpeningDay, on_delete=models.CASCADE, related_name="booth_steps", db_index=False
    )
    booth = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()  # from midnight: rules.slots.steps_of
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="booth_steps"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "booth", "step"], name="booth_step_once"),
        ]

    def __str__(self) -> str:
        return f"step {self.step} of booth {self.booth}"
