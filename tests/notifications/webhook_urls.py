"""The addresses of a deployment in which Twilio tells how texts went on."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def status(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("webhooks/twilio/status/", status, name="twilio_status")]
