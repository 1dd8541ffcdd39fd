from django.urls import path

from outreach.visits.views import asking, asking_for_group

urlpatterns = [
    path("request/", asking.request_visit, name="request_visit"),
    path("group/", asking_for_group.request_group, name="request_visit_group"),
    path("group/<str:signed>/", asking_for_group.group_requested, name="visit_group_requested"),
    path("request/<str:signed>/", asking.visit_requested, name="visit_requested"),
]
