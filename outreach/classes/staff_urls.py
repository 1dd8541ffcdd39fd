from django.urls import path

from outreach.classes.views import door, feedback, figures, line, papers, planning, staff

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
    path("rides/", papers.rides_overview, name="rides_overview"),
    path("figures/", figures.figures, name="figures"),
    path("figures/file/", figures.download, name="figures_file"),
    path("<int:session_pk>/roster.xlsx", papers.roster_file, name="roster_file"),
    path("<int:session_pk>/rides/", papers.rides, name="rides"),
    path("<int:session_pk>/attendance/", door.door, name="attendance"),
    path("<int:session_pk>/attendance/mark/", door.mark, name="mark"),
    path("<int:session_pk>/attendance/marks/", door.marks, name="marks"),
    path("<int:session_pk>/attendance/walk-in/", door.walk_in, name="walk_in"),
    path("<int:session_pk>/attendance/outcome/", door.outcome, name="outcome"),
    path("<int:session_pk>/attendance/question/", door.question, name="question"),
    path("<int:session_pk>/feedback/", feedback.feedback, name="feedback"),
    path("<int:session_pk>/line/<int:registration_pk>/answer/", line.answer, name="answer_offer"),
    path("<int:session_pk>/line/<int:registration_pk>/give/", line.give, name="give_place"),
    path("<int:session_pk>/cancel/<int:registration_pk>/", staff.cancel, name="cancel"),
]
