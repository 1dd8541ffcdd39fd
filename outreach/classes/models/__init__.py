from outreach.classes.models.class_session import ClassSession, ClosedBecause
from outreach.classes.models.course import Course
from outreach.classes.models.offer import Offer
from outreach.classes.models.registration import Registration

__all__ = ["ClassSession", "ClosedBecause", "Course", "Offer", "Registration"]
