from django.urls import URLPattern, path

from outreach.desk.views import announcements, hand_overs, outbox, sending

app_name = "desk_staff"
urlpatterns: list[URLPattern] = [
    path("outbox/", outbox.outbox, name="outbox"),
    path("sending/", sending.sending, name="sending"),
    path("sending/stop/", sending.stop, name="stop_sending"),
    path("sending/lift/", sending.lift, name="lift_stop"),
    path("announcements/", announcements.sessions, name="announcements"),
    path("announcements/new/<int:pk>/", announcements.announce, name="announce"),
    path("hand-overs/", hand_overs.overview, name="hand_overs"),
    path("hand-overs/new/", hand_overs.make, name="make_hand_over"),
    path("hand-overs/report/", hand_overs.report, name="delivery_report"),
    path("hand-overs/<int:pk>/", hand_overs.hand_over, name="hand_over"),
    path("hand-overs/<int:pk>/file/", hand_overs.download, name="hand_over_file"),
    path("hand-overs/<int:pk>/done/", hand_overs.finish, name="finish_hand_over"),
    path("hand-overs/<int:pk>/discard/", hand_overs.discard, name="discard_hand_over"),
]
