from outreach.classes.models.class_session import ClassSession, ClosedBecause
from outreach.classes.models.course import Course, Topic
from outreach.classes.models.offer import Offer
from outreach.classes.models.registration import Registration
from outreach.classes.models.series import Series
from outreach.classes.models.tutor import Tutor

__all__ = [
    "ClassSession",
    "ClosedBecause",
    "Course",
    "Offer",
    "Registration",
    "Series",
    "Topic",
    "Tutor",
]
