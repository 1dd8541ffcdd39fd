from django.conf import settings
from django.db import models

from outreach.people.models.person import Person


class PersonMerge(models.Model):
    """Two records turned out to be one person: what was moved to the one that stays.

    The other record stays as it was, empty, so that all of it can be put back.
    """

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_away")
    # Rows by model and column, and the values of both records before (`actions/merges.py`).
    moved = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"],
                condition=models.Q(undone_at=None),
                name="person_merge_once_while_standing",
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("gone")), name="person_merge_of_two"
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_by=None)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="person_merge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"
