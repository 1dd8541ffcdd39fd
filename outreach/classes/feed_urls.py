"""Addresses outside the languages, for programs that subscribe."""

from django.urls import path

from outreach.classes.views import calendars

urlpatterns = [
    path("classes.ics", calendars.all_classes, name="classes_feed"),
    path("classes/<slug:slug>.ics", calendars.one_course, name="course_feed"),
]
