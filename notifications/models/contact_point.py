from django.db import models


class ContactPoint(models.Model):
    """One number, e-mail address or postal address, shared by everybody who can be reached there.

    STOP and bounces belong to the point; consent belongs to the contact.
    """

    class Kind(models.TextChoices):
        PHONE = "phone"
        EMAIL = "email"
        POST = "post"

    class State(models.TextChoices):
        USABLE = "usable"
        STOPPED = "stopped"
        WRONG = "wrong"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    # E.164 for a phone, lower case for an e-mail, the written address for post.
    value = models.CharField(max_length=254)
    state = models.CharField(max_length=8, choices=State.choices, default=State.USABLE)
    # Worked out once from the number, so that an audience can be counted by the database.
    takes_sms = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="contact_point_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["phone", "email", "post"]),
                name="contact_point_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["usable", "stopped", "wrong"]),
                name="contact_point_state_known",
            ),
            models.CheckConstraint(condition=~models.Q(value=""), name="contact_point_not_empty"),
            models.CheckConstraint(
                condition=models.Q(takes_sms=False) | models.Q(kind="phone"),
                name="contact_point_sms_only_to_phones",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
