from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.people.models.person import Person


class CareRecord(models.Model):
    """Care level, illness and disability of one person: sensitive (要配慮個人情報).

    Shown on one screen alone, behind `people.see_care`, and every look at it is recorded. It is in
    no list, export, map, address or log. A deployment may do without (`CARE_RECORDS`): then only
    `Need`, which says what it takes and not why, is kept.
    """

    class Level(models.TextChoices):
        """要支援 and 要介護 as the long-term care insurance certifies them (介護保険法)."""

        SUPPORT_1 = "s1", _("Support level 1")
        SUPPORT_2 = "s2", _("Support level 2")
        CARE_1 = "c1", _("Care level 1")
        CARE_2 = "c2", _("Care level 2")
        CARE_3 = "c3", _("Care level 3")
        CARE_4 = "c4", _("Care level 4")
        CARE_5 = "c5", _("Care level 5")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="care_record")
    care_level = models.CharField(max_length=2, choices=Level.choices, blank=True)
    conditions = models.TextField(blank=True)  # illness and disability, guarded
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(care_level__in=["", "s1", "s2", "c1", "c2", "c3", "c4", "c5"]),
                name="care_record_level_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(care_level="", conditions=""),
                name="care_record_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"care record {self.pk}"
