from django.db import models


class Household(models.Model):
    """People who live together; who speaks for them may be known."""

    head = models.OneToOneField(
        "people.Person",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="heads_household",
    )

    def __str__(self) -> str:
        return f"household {self.pk}"
