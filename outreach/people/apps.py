from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "outreach.people"
    label = "people"
