from django.conf import settings
from django.db import models

from outreach.people.models.person import Person


class KnownApart(models.Model):
    """A colleague has said that two people are two people: nobody is asked again."""

    # The one written down first comes first, so that a pair stands here once.
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="known_apart_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="known_apart_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"persons {self.one_id} and {self.other_id} are two"
