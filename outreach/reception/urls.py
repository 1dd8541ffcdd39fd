from django.urls import path

from outreach.reception.views import public

app_name = "counters"

urlpatterns = [
    path("", public.counters, name="list"),
    path("for/<str:token>/", public.counters_of, name="list_of"),
    path("for/<str:token>/<int:point_pk>/", public.book_of, name="book_of"),
    path("booked/<str:token>/", public.booked, name="booked"),
    path("booked/<str:token>/appointment.ics", public.own_entry, name="event"),
    path("<int:point_pk>/book/", public.book, name="book"),
]
