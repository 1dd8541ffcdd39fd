from django.apps import AppConfig


class ClassesConfig(AppConfig):
    name = "outreach.classes"
    label = "classes"

    def ready(self) -> None:
        # Only now are the models there that the receivers work on.
        from outreach.classes import receivers

        receivers.listen()
