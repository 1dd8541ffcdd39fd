from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseQuerySet(models.QuerySet["Course"]):
    def to_choose_from(self) -> "CourseQuerySet":
        """Courses for a staff form, by their Japanese title."""
        return self.order_by("title_ja", "pk")


class Course(models.Model):
    """What is taught: one text in every language, held on many days."""

    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    summary = models.TextField()
    bring = models.TextField(blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [models.UniqueConstraint(fields=["slug"], name="course_slug_once")]
        permissions = [("manage_classes", "Can plan classes and see who registered")]

    def __str__(self) -> str:
        return self.title_ja or self.title
