from datetime import datetime

from django.conf import settings
from django.db import models

from notifications.models import Message
from outreach.people.models.person import Person


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        """What somebody still has to do, the oldest first.

        A call or a doubt is nobody's any more once its message has been settled otherwise: the
        carrier has spoken, it was taken back, another colleague decided it.
        """
        settled = models.Q(kind__in=Task.SETTLE_A_MESSAGE, message__isnull=False) & ~models.Q(
            message__state__in=Message.BEFORE_A_PERSON
        )
        return self.filter(~settled, done_at=None).order_by("opened_at", "pk")

    def due_by(self, moment: datetime) -> "TaskQuerySet":
        """What is open and not put off beyond a moment."""
        return self.open().filter(models.Q(due_at=None) | models.Q(due_at__lte=moment))

    def to_show(self) -> "TaskQuerySet":
        """With all that the list shows."""
        return self.select_related(
            "person__contact",
            "person__district",
            "message__contact",
            "message__point",
            "taken_by",
            "done_by",
        ).prefetch_related("person__contact__points")

    def done_since(self, moment: datetime) -> "TaskQuerySet":
        """What was done lately and can be undone, the latest first."""
        return self.filter(done_at__gte=moment, done_by__isnull=False).order_by("-done_at", "-pk")


class Task(models.Model):
    """One thing a colleague at the desk has to do about a resident or a message."""

    class Kind(models.TextChoices):
        CALL = "call"  # the words of the message are the script
        DOUBT = "doubt"  # decide whether a message has gone out
        NOT_REACHED = "not_reached"  # no channel reached the person
        ANSWER = "answer"  # somebody wrote back
        STOPPED = "stopped"  # a number this person shares was stopped
        WISH = "wish"  # pressed 3: wants to speak to the city
        CALL_BACK = "call_back"  # asked a colleague to be called back, perhaps at a time
        STUCK = "stuck"  # a step of a visit or an application that does not move

    # What is to be done is to settle the message; without that there is nothing to do.
    SETTLE_A_MESSAGE = frozenset({Kind.CALL, Kind.DOUBT})

    kind = models.CharField(max_length=12, choices=Kind.choices)
    # What makes it one task: the same cause reported again opens no second one.
    cause = models.CharField(max_length=120)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    words = models.TextField(blank=True)  # guarded: what somebody wrote, or why it is here
    opened_at = models.DateTimeField()
    # Not to be done before this moment; empty for at once.
    due_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # Empty for a stuck step that went on: its task ended with that.
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause"], name="task_once_for_a_cause"),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "call",
                        "doubt",
                        "not_reached",
                        "answer",
                        "stopped",
                        "wish",
                        "call_back",
                        "stuck",
                    ]
                ),
                name="task_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None)
                | models.Q(done_at__isnull=False, done_by__isnull=False)
                | models.Q(done_at__isnull=False, kind="stuck"),
                name="task_done_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["opened_at"], condition=models.Q(done_at=None), name="task_open")
        ]
        permissions = [("do_tasks", "Can do the desk's tasks")]

    def __str__(self) -> str:
        return f"task {self.pk} ({self.kind})"
