from django.urls import path

from outreach.reception.views import counter, planning, where_next

app_name = "reception_staff"

urlpatterns = [
    path("", planning.days, name="days"),
    path("plan/", planning.plan, name="plan"),
    path("where-next/", where_next.where_next, name="where_next"),
    path("<int:day_pk>/", counter.day, name="day"),
    path("<int:day_pk>/call-off/", planning.call_off, name="call_off"),
    path("<int:day_pk>/call-next/", counter.call_next, name="call_next"),
    path("<int:day_pk>/draw/", counter.draw, name="draw"),
    path("<int:day_pk>/tickets/<int:ticket_pk>/", counter.ticket, name="ticket"),
    path("<int:day_pk>/waiting-room/", counter.waiting_room, name="waiting_room"),
    path("<int:day_pk>/<slug:kind>/<int:pk>/<slug:name>/", counter.step, name="step"),
]
