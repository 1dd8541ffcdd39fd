"""What an editor has done to the guides by now: checked them, and pointed one to a course."""

from datetime import datetime

from django.utils.timezone import localtime

from cms.models import GuidePage
from outreach.classes.models import Course

COURSE_OF = {"first-application": "card-and-portal"}


def edit(*, now: datetime) -> None:
    """Date every guide as checked this month, and relate the guides above to their course."""
    checked_on = localtime(now).date().replace(day=1)
    for guide in GuidePage.objects.order_by("path"):
        guide.last_checked_on = checked_on
        guide.related_course = Course.objects.filter(slug=COURSE_OF.get(guide.slug, "")).first()
        guide.save_revision().publish()
