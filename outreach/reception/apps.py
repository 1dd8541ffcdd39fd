from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "outreach.reception"
    label = "reception"
