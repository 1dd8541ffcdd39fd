from django.conf import settings
from django.db import models
from django.utils import timezone

from notifications.models.contact_point import ContactPoint


class Contact(models.Model):
    """One person's wishes about being reached: in which language, by what, and whether at all."""

    class Channel(models.TextChoices):
        """How a message travels: VOICE is a machine that calls, CALL a person of the city."""

        SMS = "sms"
        EMAIL = "email"
        VOICE = "voice"
        CALL = "call"
        LETTER = "letter"

    name = models.CharField(max_length=120)  # as it stands on the envelope
    language = models.CharField(
        max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    # Channels in the order the person prefers; the ones left out come after, in the house order.
    channel_order = models.JSONField(default=list, blank=True)
    do_not_contact = models.BooleanField(default=False)
    # Protected (DV 支援措置): the postal address appears nowhere and no letter is sent.
    protected = models.BooleanField(default=False)
    # Nothing goes to this person any more: they have died, moved away, or are on record twice.
    closed = models.BooleanField(default=False)
    points = models.ManyToManyField(ContactPoint, related_name="contacts", blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=[code for code, _ in settings.LANGUAGES]),
                name="contact_language_known",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="contact_has_name"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    def has_consent(self, purpose: str) -> bool:
        """Whether this person's yes to a purpose still stands."""
        return self.consents.filter(purpose=purpose, withdrawn_at=None).exists()

    def takes_automatic_calls(self) -> bool:
        """Whether this person agreed at the desk that a machine calls them."""
        return self.has_consent(settings.NOTIFICATION_AUTOMATIC_CALLS)

    def usable_points(self) -> models.QuerySet[ContactPoint]:
        """What this person can be reached by, the one told last first."""
        through = Contact.points.through
        newest = through.objects.filter(contact=self, contactpoint=models.OuterRef("pk"))
        return (
            self.points.filter(state=ContactPoint.State.USABLE)
            .annotate(attached=models.Subquery(newest.values("pk")[:1]))
            .order_by("-attached")
        )
