from django.urls import URLPattern, path

from outreach.desk.views import announcements, outbox

app_name = "desk_staff"
urlpatterns: list[URLPattern] = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("announcements/", announcements.sessions, name="announcements"),
    path("announcements/new/<int:pk>/", announcements.announce, name="announce"),
]
