from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.people.models.person import Person


class Need(models.Model):
    """One thing to think of when somebody comes or is visited: what it takes, never why."""

    class Kind(models.TextChoices):
        HEARING = "hearing", _("Hard of hearing: speak slowly, sit in front")
        SIGHT = "sight", _("Sees badly: large print, read aloud")
        WHEELCHAIR = "wheelchair", _("Comes in a wheelchair")
        STAIRS = "stairs", _("No stairs")
        HOMEBOUND = "homebound", _("Cannot leave the home")
        TIME = "time", _("Needs more time")
        COMPANION = "companion", _("Wants somebody they know beside them")
        INTERPRETER = "interpreter", _("Needs an interpreter")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(max_length=12, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="need_once_for_a_person"),
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "hearing",
                        "sight",
                        "wheelchair",
                        "stairs",
                        "homebound",
                        "time",
                        "companion",
                        "interpreter",
                    ]
                ),
                name="need_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"need {self.pk}"
