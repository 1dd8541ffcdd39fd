from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "outreach.visits"
    label = "visits"
