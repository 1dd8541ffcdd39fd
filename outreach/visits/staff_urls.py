from django.urls import path

from outreach.visits.views import day_list, outcomes, planning

app_name = "visits_staff"
urlpatterns = [
    path("", planning.requests, name="requests"),
    path("new/", planning.new_request, name="new"),
    path("<int:pk>/", planning.request_detail, name="request"),
    path("<int:pk>/cancel/", planning.cancel_request, name="cancel"),
    path("days/today/", day_list.today, name="today"),
    path("days/<str:day>/", day_list.day_list, name="day"),
    path("outcomes/<int:pk>/", outcomes.outcome, name="outcome"),
]
