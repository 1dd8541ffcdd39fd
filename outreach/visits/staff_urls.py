from django.urls import path

from outreach.visits.views import (
    card_steps,
    day_answers,
    day_list,
    day_plan,
    figures,
    groups,
    outcomes,
    planning,
    queue,
    under_way,
)

app_name = "visits_staff"
urlpatterns = [
    path("", queue.requests, name="requests"),
    path("new/", planning.new_request, name="new"),
    path("<int:pk>/", planning.request_detail, name="request"),
    path("<int:pk>/cancel/", planning.cancel_request, name="cancel"),
    path("<int:pk>/hold/", queue.hold, name="hold"),
    path("<int:pk>/step/", card_steps.step, name="step"),
    path("<int:pk>/undo/", card_steps.undo, name="undo"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/hold/", groups.hold, name="hold_group"),
    path("groups/<int:pk>/facility/", groups.link, name="link_group"),
    path("under-way/", under_way.under_way, name="under_way"),
    path("figures/", figures.figures, name="figures"),
    path("figures/file/", figures.download, name="figures_file"),
    path("days/today/", day_list.today, name="today"),
    path("days/<str:day>/", day_list.day_list, name="day"),
    path("plan/", day_plan.choose_day, name="plan_next"),
    path("plan/<str:day>/", day_plan.plan_day, name="plan"),
    path("answers/<int:pk>/", day_answers.answer, name="answer_day"),
    path("pins/<int:pk>/", day_plan.pin, name="pin"),
    path("outcomes/<int:pk>/", outcomes.outcome, name="outcome"),
    path("outcomes/<int:pk>/correct/", card_steps.correct, name="correct"),
]
