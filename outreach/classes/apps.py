from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "outreach.classes"
    label = "classes"
