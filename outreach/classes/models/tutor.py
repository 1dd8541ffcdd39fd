from django.db import models
from django.utils.translation import gettext_lazy as _

# Three or four learners each is what tutors of the national curriculum count on.
LEARNERS_PER_TUTOR = 4


class TutorQuerySet(models.QuerySet["Tutor"]):
    def to_choose_from(self) -> "TutorQuerySet":
        """Tutors who teach now, for a staff form."""
        return self.filter(is_active=True).order_by("name", "pk")


class Tutor(models.Model):
    """Somebody who teaches classes (講師), from the city, a shop or an association."""

    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=20, blank=True)
    languages = models.JSONField(default=list, blank=True)  # codes of settings.LANGUAGES
    learners_per_tutor = models.PositiveSmallIntegerField(default=LEARNERS_PER_TUTOR)
    is_active = models.BooleanField(default=True)

    objects = TutorQuerySet.as_manager()

    class Meta:
        verbose_name = _("tutor")
        verbose_name_plural = _("tutors")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(learners_per_tutor__gt=0), name="tutor_teaches_somebody"
            )
        ]

    def __str__(self) -> str:
        return self.name
