from django.urls import path

from outreach.classes.views import staff

app_name = "classes_staff"

urlpatterns = [
    path("", staff.sessions, name="sessions"),
    path("new/", staff.new_session, name="new"),
    path("<int:session_pk>/", staff.roster, name="roster"),
    path("<int:session_pk>/cancel/<int:registration_pk>/", staff.cancel, name="cancel"),
]
