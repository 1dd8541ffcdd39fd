from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "outreach.coverage"
    label = "coverage"
