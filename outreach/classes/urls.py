from django.urls import path

from outreach.classes.views import calendars, public

app_name = "classes"

urlpatterns = [
    path("<int:session_pk>/register/", public.register, name="register"),
    path("registered/<str:token>/", public.registered, name="registered"),
    path("registered/<str:token>/class.ics", calendars.own_entry, name="event"),
]
