"""On the first page after the log-in: nothing goes out."""

from typing import Any

from wagtail.admin.ui.components import Component

from notifications.models import SendingStop


class StopNotice(Component):
    """Says that sending is stopped, since when and why, to those who may stop it."""

    name = "stop_notice"
    template_name = "desk/staff/stop_notice.html"
    order = 10

    def __init__(self, stop: SendingStop) -> None:
        self.stop = stop

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"stop": self.stop}
