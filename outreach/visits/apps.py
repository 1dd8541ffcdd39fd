from django.apps import AppConfig
from django.db.models.signals import post_migrate

from outreach.visits import overlap_guard


class VisitsConfig(AppConfig):
    name = "outreach.visits"
    label = "visits"

    def ready(self) -> None:
        # Only now are the models there that the receivers work on.
        from outreach.visits import receivers

        receivers.listen()
        post_migrate.connect(overlap_guard.put_back, sender=self)
