from django.conf import settings
from django.db import models

from outreach.people.models.task import Task


class TaskNote(models.Model):
    """A word on a task that is not done yet, or that a colleague was asked to go on with it."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="notes")
    words = models.TextField(blank=True)  # guarded
    # Whom it was handed to with this note.
    handed_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words="", handed_to=None), name="task_note_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"note {self.pk} on task {self.task_id}"
