from django.urls import path

from outreach.classes.views import planning, staff

app_name = "classes_staff"

urlpatterns = [
    path("", planning.sessions, name="sessions"),
    path("new/", planning.new_session, name="new"),
    path("plan/", planning.plan, name="plan"),
    path("<int:session_pk>/", staff.roster, name="roster"),
    path("<int:session_pk>/move/", planning.move, name="move"),
    path("<int:session_pk>/change/", planning.adjust, name="adjust"),
    path("<int:session_pk>/call-off/", planning.call_off, name="call_off"),
    path("<int:session_pk>/elsewhere/", planning.offer_elsewhere, name="offer_elsewhere"),
    path("<int:session_pk>/cancel/<int:registration_pk>/", staff.cancel, name="cancel"),
]
