from django.conf import settings
from django.db import models
from django.utils import timezone


class BoundarySetQuerySet(models.QuerySet["BoundarySet"]):
    def in_force(self) -> "BoundarySet | None":
        """The one partition counts stand on, without its drawing; None before the first import."""
        return self.filter(is_active=True).defer("drawing").first()


class BoundarySet(models.Model):
    """One partition of the city, as one imported file (or the demo's schematic cells) gives it."""

    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=False)
    # Schematic cells are drawn around settlements and say so wherever they are shown.
    is_schematic = models.BooleanField(default=False)
    credit = models.CharField(max_length=300, blank=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField(default=timezone.now)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The simplified boundaries of all districts as one gzipped GeoJSON, made once at import,
    # and the hash of its content, which names it for browsers and proxies.
    drawing = models.BinaryField()
    drawing_hash = models.CharField(max_length=64)

    objects = BoundarySetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"],
                condition=models.Q(is_active=True),
                name="boundary_set_one_active",
            )
        ]

    def __str__(self) -> str:
        return self.name
