from django.apps import AppConfig


class MyNumberConfig(AppConfig):
    name = "mynumber"
    label = "mynumber"

    def ready(self) -> None:
        # Only now are the models there that the receivers work on.
        from mynumber import receivers

        receivers.listen()
