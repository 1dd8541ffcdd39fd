from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What can be learned: the headings of the national デジタル活用支援 curriculum."""

    POWER_AND_BUTTONS = "power", _("Switching on, buttons, screen")
    CALLS_AND_CAMERA = "calls", _("Calls and camera")
    INTERNET = "internet", _("Searching the internet")
    MAPS = "maps", _("Maps and bus times")
    MESSAGES = "messages", _("Messages and video calls")
    SAFETY = "safety", _("Safe use: fraud, passwords, false news")
    CASHLESS = "cashless", _("Paying by smartphone")
    CARD_APPLICATION = "card", _("Applying for a My Number Card")
    MYNAPORTAL = "mynaportal", _("Mynaportal")
    HEALTH_INSURANCE = "insurance", _("The card as health insurance certificate")
    ONLINE_PROCEDURES = "procedures", _("Procedures of the city online")
    DISASTER = "disaster", _("News in a disaster")


class CourseQuerySet(models.QuerySet["Course"]):
    def to_choose_from(self) -> "CourseQuerySet":
        """Courses for a staff form, by their Japanese title."""
        return self.order_by("title_ja", "pk")

    def about(self, topic: str) -> "CourseQuerySet":
        """Courses in which a topic is taught. A city has some ten courses, so they are all read:
        SQLite cannot look into a list."""
        lists = self.values_list("pk", "topics")
        return self.filter(pk__in=[key for key, topics in lists if topic in topics])


class Course(models.Model):
    """What is taught: one text in every language, held on many days."""

    class Level(models.TextChoices):
        BEGINNER = "beginner", _("For beginners")
        NEXT_STEP = "next_step", _("The next step")

    class Audience(models.TextChoices):
        RESIDENTS = "residents", _("All residents")
        STAFF = "staff", _("Staff of the city")
        GROUP = "group", _("A group that asked for it")

    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    summary = models.TextField()
    bring = models.TextField(blank=True)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.BEGINNER)
    topics = models.JSONField(default=list, blank=True)  # values of Topic
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.RESIDENTS)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="course_slug_once"),
            models.CheckConstraint(
                condition=models.Q(level__in=["beginner", "next_step"]), name="course_level_known"
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=["residents", "staff", "group"]),
                name="course_audience_known",
            ),
        ]
        permissions = [
            ("manage_classes", "Can plan classes and see who registered"),
            ("see_figures", "Can see the figures of classes, without names"),
        ]

    def __str__(self) -> str:
        return self.title_ja or self.title
