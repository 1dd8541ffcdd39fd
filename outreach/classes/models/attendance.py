from django.conf import settings
from django.db import models

from outreach.classes.models.registration import Registration


class Attendance(models.Model):
    """Whether somebody who had a seat came: the last thing said about it at the door (出席).

    Absent is a no-show: whoever took the seat back beforehand is cancelled, not absent.
    """

    class State(models.TextChoices):
        PRESENT = "present"
        ABSENT = "absent"

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, related_name="attendance"
    )
    state = models.CharField(max_length=7, choices=State.choices)
    # When the button was pressed, which may be long before the network brought it here.
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["present", "absent"]), name="attendance_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"attendance {self.pk} ({self.state})"
