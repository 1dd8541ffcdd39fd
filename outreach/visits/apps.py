from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "outreach.visits"
    label = "visits"

    def ready(self) -> None:
        # Only now are the models there that the receivers work on.
        from outreach.visits import receivers

        receivers.listen()
