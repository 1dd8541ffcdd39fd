from django.db import models

from outreach.classes.models.class_session import ClassSession


class Feedback(models.Model):
    """What one participant pressed on the tablet after a class. Nobody's name, and no order.

    Only the day is kept: with the minute, whoever saw people leave could tell who said what.
    """

    class Answer(models.TextChoices):
        EASY = "easy"
        SO_SO = "so_so"
        HARD = "hard"

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="feedback")
    # One per page shown, so that a trembling finger counts once.
    submission = models.UUIDField()
    answer = models.CharField(max_length=5, choices=Answer.choices)
    again = models.BooleanField(null=True)  # would come again; None: not answered
    given_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission"], name="feedback_submission_once"),
            models.CheckConstraint(
                condition=models.Q(answer__in=["easy", "so_so", "hard"]),
                name="feedback_answer_known",
            ),
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"
