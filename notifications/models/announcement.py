from django.conf import settings
from django.db import models


class Announcement(models.Model):
    """One thing told to many: its words, who composed and who allowed it, how far it has come.

    Whom it reaches (`audience`) is written and read by the app that builds audiences.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        WAITING = "waiting"  # for a second person
        SCHEDULED = "scheduled"
        QUEUEING = "queueing"
        QUEUED = "queued"
        STOPPED = "stopped"

    title = models.CharField(max_length=120)  # for the staff
    purpose = models.SlugField(max_length=40)
    audience = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    send_at = models.DateTimeField(null=True, blank=True)
    useless_after = models.DateTimeField(null=True, blank=True)
    # The last contact queued: after an interruption the rest follow from here.
    queued_up_to = models.BigIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["draft", "waiting", "scheduled", "queueing", "queued", "stopped"]
                ),
                name="announcement_state_known",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="announcement_has_title"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | ~models.Q(approved_by=models.F("created_by")),
                name="announcement_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"announcement {self.pk}"
