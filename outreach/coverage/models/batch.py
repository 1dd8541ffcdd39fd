from django.conf import settings
from django.db import models
from django.utils import timezone

from outreach.places.models import BoundarySet


class BatchQuerySet(models.QuerySet["Batch"]):
    def counting(self) -> "BatchQuerySet":
        """Unreplaced batches of the active boundary set, the newest date first."""
        return self.filter(boundary_set__is_active=True, replaced_by=None).order_by("-as_of", "-pk")


class Batch(models.Model):
    """One imported file of counts: what it was called, what it held, who brought it, when."""

    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="batches")
    as_of = models.DateField()  # 基準日 of the cards
    population_as_of = models.DateField()  # 人口基準日
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    # The hash of the counts themselves, so that the same numbers under another name are known.
    content_hash = models.CharField(max_length=64)
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Kept while its successor stands, but goes with it when the whole boundary set goes.
    replaced_by = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="replaces"
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        # Seeing totals is a manager's right and gives access to nobody's record.
        permissions = [("see_coverage", "Can see holding rates by district")]
        constraints = [
            models.UniqueConstraint(
                fields=["boundary_set", "as_of"],
                condition=models.Q(replaced_by=None),
                name="batch_one_counting_per_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(replaced_by=models.F("id")), name="batch_not_its_own_successor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.as_of})"
