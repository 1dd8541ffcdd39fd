from django.urls import URLPattern, path

from outreach.desk.views import (
    lost,
    open_data,
    own_appointments,
    own_needs,
    own_page,
    own_visits,
    own_wishes,
    stop,
)

urlpatterns: list[URLPattern] = [
    path("my/<str:token>/", own_page.my, name="my"),
    path("my/<str:token>/wishes/", own_wishes.wishes, name="my_wishes"),
    path(
        "my/<str:token>/wishes/<slug:purpose>/withdraw/",
        own_wishes.withdraw,
        name="my_withdraw",
    ),
    path(
        "my/<str:token>/registrations/<int:pk>/cancel/",
        own_page.cancel_registration,
        name="my_cancel_registration",
    ),
    path("my/<str:token>/registrations/<int:pk>/accept/", own_page.accept_offer, name="my_accept"),
    path(
        "my/<str:token>/registrations/<int:pk>/decline/", own_page.decline_offer, name="my_decline"
    ),
    path("my/<str:token>/registrations/<int:pk>/needs/", own_needs.needs, name="my_needs"),
    path(
        "my/<str:token>/registrations/<int:pk>/class.ics",
        own_page.registration_entry,
        name="my_registration_entry",
    ),
    path(
        "my/<str:token>/appointments/<int:pk>/cancel/",
        own_appointments.cancel,
        name="my_cancel_appointment",
    ),
    path(
        "my/<str:token>/appointments/<int:pk>/change/",
        own_appointments.change,
        name="my_change_appointment",
    ),
    path(
        "my/<str:token>/appointments/<int:pk>/appointment.ics",
        own_appointments.entry,
        name="my_appointment_entry",
    ),
    path(
        "my/<str:token>/visits/<int:pk>/cancel/",
        own_page.cancel_request,
        name="my_cancel_request",
    ),
    path(
        "my/<str:token>/visits/days/<int:pk>/confirm/",
        own_visits.confirm,
        name="my_confirm_visit",
    ),
    path(
        "my/<str:token>/visits/days/<int:pk>/another/",
        own_visits.another_day,
        name="my_another_day",
    ),
    path(
        "my/<str:token>/reminders/<int:pk>/cancel/",
        own_page.cancel_reminder,
        name="my_cancel_reminder",
    ),
    path("stop/<str:token>/", stop.stop, name="stop"),
    path("opendata/", open_data.page, name="open_data"),
    path("lost/", lost.lost, name="lost"),
    path("lost/sent/", lost.sent, name="lost_sent"),
]
