from django.conf import settings
from django.db import models

from outreach.classes.models.attendance import Attendance
from outreach.classes.models.registration import Registration


class AttendanceMark(models.Model):
    """One press of present or absent at the door. Appended, never changed.

    The key is drawn by the telephone before the mark is sent: a mark that arrives twice, because
    the network dropped before the answer came back, is one mark.
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="attendance_marks"
    )
    client_key = models.UUIDField()
    state = models.CharField(max_length=7, choices=Attendance.State.choices)
    marked_at = models.DateTimeField()
    received_at = models.DateTimeField()
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client_key"], name="attendance_mark_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["present", "absent"]),
                name="attendance_mark_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(marked_at__lte=models.F("received_at")),
                name="attendance_mark_not_from_the_future",
            ),
        ]

    def __str__(self) -> str:
        return f"attendance mark {self.client_key}"
