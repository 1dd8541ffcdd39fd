from outreach.classes.models.class_session import ClassSession
from outreach.classes.models.course import Course
from outreach.classes.models.registration import Registration

__all__ = ["ClassSession", "Course", "Registration"]
