from django.conf import settings
from django.db import models

from outreach.classes.models.course import Course


class Series(models.Model):
    """Sessions of one course that were planned together by one rule."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="series")
    # Days that build on each other (連続講座): one registration is for all of them or for none.
    is_whole = models.BooleanField(default=False)
    planned_at = models.DateTimeField()
    # Empty when no officer planned it, as in a demonstration.
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"series {self.pk}"
