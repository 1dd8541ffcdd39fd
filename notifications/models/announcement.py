from datetime import datetime

from django.conf import settings
from django.db import models


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def staff_list(self) -> "AnnouncementQuerySet":
        """Every announcement, the newest first."""
        return self.select_related("created_by", "approved_by").order_by("-created_at", "-pk")

    def to_queue(self, *, now: datetime) -> "AnnouncementQuerySet":
        """What was begun and not finished, and what is due, in the order it was planned for."""
        begun = models.Q(state=Announcement.State.QUEUEING)
        due = models.Q(state=Announcement.State.SCHEDULED, send_at__lte=now)
        return self.filter(begun | due).order_by("send_at", "pk")


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

    # Words and audience can still be changed.
    OPEN = frozenset({State.DRAFT, State.WAITING, State.SCHEDULED})
    ON_ITS_WAY = frozenset({State.QUEUEING, State.QUEUED})

    title = models.CharField(max_length=120)  # for the staff
    purpose = models.SlugField(max_length=40)
    audience = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # Who last changed words or audience, where it was not the author.
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # How many people it was to reach when it was last counted.
    expected = models.PositiveIntegerField(default=0)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    send_at = models.DateTimeField(null=True, blank=True)
    useless_after = models.DateTimeField(null=True, blank=True)
    # The last contact queued: after an interruption the rest follow from here.
    queued_up_to = models.BigIntegerField(default=0)
    # Why it stands still, where no person stopped it.
    reason = models.CharField(max_length=200, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AnnouncementQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | models.Q(changed_by=None)
                | ~models.Q(approved_by=models.F("changed_by")),
                name="announcement_approved_by_no_writer",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None, approved_at=None)
                | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="announcement_approval_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"announcement {self.pk}"
