from django.db import models

from outreach.people.models import Person
from outreach.visits.models.visit import Visit


class VisitParticipant(models.Model):
    """Somebody a visit is to; several people of one house or facility may be seen in one visit.

    Open while the visit lies ahead. Nobody has two open visits, whoever plans them.
    """

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "person"], name="participant_once_in_a_visit"),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(open=True), name="person_one_open_visit"
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} at visit {self.visit_id}"
