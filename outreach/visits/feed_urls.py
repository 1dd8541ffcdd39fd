"""Addresses outside the languages, for the calendars of visitors."""

from django.urls import path

from outreach.visits.views import calendar

urlpatterns = [path("visits/<str:token>.ics", calendar.own_visits, name="visits_feed")]
