from django.urls import URLPattern, path

from outreach.desk.views import announcements, outbox, sending

app_name = "desk_staff"
urlpatterns: list[URLPattern] = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("sending/", sending.sending, name="sending"),
    path("sending/stop/", sending.stop, name="stop_sending"),
    path("sending/lift/", sending.lift, name="lift_stop"),
    path("announcements/", announcements.sessions, name="announcements"),
    path("announcements/new/<int:pk>/", announcements.announce, name="announce"),
]
