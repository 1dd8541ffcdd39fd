from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    label = "notifications"

    def ready(self) -> None:
        # Importing registers the checks; before this the models they lead to are not there yet.
        from notifications import checks, receivers  # noqa: F401

        receivers.listen()
