from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "outreach.people"
    label = "people"

    def ready(self) -> None:
        # Only now are the models there that the receivers work on.
        from outreach.people import receivers

        receivers.listen()
