"""Where carriers tell what came of messages, and what came back."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("status/", views.twilio_status, name="twilio_status"),
    path("inbound/", views.twilio_inbound, name="twilio_inbound"),
    path("voice/", views.twilio_voice, name="twilio_voice"),
    path("voice/heard/", views.twilio_voice_heard, name="twilio_voice_heard"),
    path("voice/key/", views.twilio_voice_key, name="twilio_voice_key"),
]
