from django.urls import URLPattern, path

from mynumber import views

urlpatterns: list[URLPattern] = [
    path("", views.ask, name="reminders"),
    path("asked/<str:signed>/", views.asked, name="reminders_asked"),
]
