from django.db import models


class Course(models.Model):
    """What is taught: one text in every language, held on many days."""

    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    summary = models.TextField()
    bring = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], name="course_slug_once")]
        permissions = [("manage_classes", "Can plan classes and see who registered")]

    def __str__(self) -> str:
        return self.title_ja or self.title
