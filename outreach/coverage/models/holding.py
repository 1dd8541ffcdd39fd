from django.db import models

from outreach.coverage.models.batch import Batch
from outreach.places.models import District


class Holding(models.Model):
    """How many people of one district, age band and sex there are, and how many cards they hold.

    計 is never stored: it must equal 男 + 女 in the file, and is their sum here.
    """

    class Sex(models.TextChoices):
        MALE = "m"
        FEMALE = "f"
        # A file that counts no sexes has only 計.
        BOTH = "b"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="holdings")
    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="holdings")
    # The first year of the band: 0, 5, … 85 (85以上). -1: the file counts no age bands.
    age_from = models.SmallIntegerField()
    sex = models.CharField(max_length=1, choices=Sex.choices)
    residents = models.PositiveIntegerField()
    cards = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "district", "age_from", "sex"], name="holding_cell_once"
            ),
            models.CheckConstraint(
                condition=models.Q(sex__in=["m", "f", "b"]), name="holding_sex_known"
            ),
            models.CheckConstraint(
                condition=models.Q(age_from__gte=-1, age_from__lte=120),
                name="holding_age_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"holding {self.pk}"
