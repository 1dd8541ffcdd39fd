from django.conf import settings
from django.db import models

from outreach.classes.models.class_session import ClassSession


class Question(models.Model):
    """Something participants of a class asked, for the next tutor and for the guides. No names."""

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField()  # guarded
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="question_says_something")
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"
