from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "outreach.reception"
    label = "reception"

    def ready(self) -> None:
        # Only now are the models there that the receivers work on.
        from outreach.reception import receivers

        receivers.listen()
