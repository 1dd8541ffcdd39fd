from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"

    def ready(self) -> None:
        from config import checks, outreach_checks  # noqa: F401  (registers them; needs the app registry)
        from config.page_cache import listen

        listen()
