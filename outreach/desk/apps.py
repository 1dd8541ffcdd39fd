from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "outreach.desk"
    label = "desk"

    def ready(self) -> None:
        # Only now are the models there that the receivers work on.
        from outreach.desk import receivers

        receivers.listen()
