from django.urls import URLPattern, path

from outreach.desk.views import (
    announcements,
    hand_overs,
    not_reached,
    outbox,
    sending,
    tasks,
    wishes,
)

app_name = "desk_staff"
urlpatterns: list[URLPattern] = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<int:pk>/", tasks.task, name="task"),
    path("tasks/<int:pk>/take/", tasks.take, name="take"),
    path("tasks/<int:pk>/finish/", tasks.finish, name="finish"),
    path("tasks/<int:pk>/undo/", tasks.undo, name="undo"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("sending/", sending.sending, name="sending"),
    path("sending/stop/", sending.stop, name="stop_sending"),
    path("sending/lift/", sending.lift, name="lift_stop"),
    path("outbox/in-doubt/", outbox.in_doubt, name="in_doubt"),
    path("outbox/<int:pk>/", outbox.message, name="message"),
    path("outbox/<int:pk>/decide/", outbox.decision, name="decide"),
    path("not-reached/", not_reached.not_reached, name="not_reached"),
    path("people/<int:pk>/wishes/", wishes.wishes, name="wishes"),
    path("people/<int:pk>/wishes/points/<int:point_pk>/", wishes.point, name="wishes_point"),
    path("people/<int:pk>/wishes/consents/<slug:purpose>/", wishes.consent, name="wishes_consent"),
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
