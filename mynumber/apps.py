from django.apps import AppConfig


class MyNumberConfig(AppConfig):
    name = "mynumber"
    label = "mynumber"
