from django.urls import path

from outreach.visits.views import asking

urlpatterns = [
    path("request/", asking.request_visit, name="request_visit"),
    path("request/<str:signed>/", asking.visit_requested, name="visit_requested"),
]
