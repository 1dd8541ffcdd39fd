from django.conf import settings
from django.db import models

from notifications.models.announcement import Announcement


class AnnouncementText(models.Model):
    """The words of one announcement in one language: an SMS, and the longer form for the rest."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    short = models.TextField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    long = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "language"], name="announcement_text_once_in_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"announcement {self.announcement_id} ({self.language})"
