from django.db import models

from outreach.classes.models.series import Series


class SeriesRegistration(models.Model):
    """What makes one registration of the days of a whole series (連続講座の申込み).

    Each day has its own row, which holds a seat or a number in the line of that day; whatever
    happens to one of them happens to all that lie ahead. They share the reference people quote.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="registrations")
    reference = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference"], name="series_registration_reference_once"
            ),
        ]

    def __str__(self) -> str:
        return f"series registration {self.reference}"
