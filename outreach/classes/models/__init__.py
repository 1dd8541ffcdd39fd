from outreach.classes.models.attendance import Attendance
from outreach.classes.models.attendance_mark import AttendanceMark
from outreach.classes.models.class_session import ClassSession, ClosedBecause
from outreach.classes.models.course import Course, Topic
from outreach.classes.models.feedback import Feedback
from outreach.classes.models.offer import Offer
from outreach.classes.models.question import Question
from outreach.classes.models.registration import Registration
from outreach.classes.models.series import Series
from outreach.classes.models.series_registration import SeriesRegistration
from outreach.classes.models.tutor import Tutor

__all__ = [
    "Attendance",
    "AttendanceMark",
    "ClassSession",
    "ClosedBecause",
    "Course",
    "Feedback",
    "Offer",
    "Question",
    "Registration",
    "Series",
    "SeriesRegistration",
    "Topic",
    "Tutor",
]
