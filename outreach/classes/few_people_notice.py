"""On the first page after the log-in: classes that too few people come to."""

from typing import Any

from wagtail.admin.ui.components import Component


class FewPeopleNotice(Component):
    """Says how many classes of the next days need a decision, to those who plan them."""

    name = "few_people_notice"
    template_name = "classes/staff/few_people_notice.html"
    order = 20

    def __init__(self, classes: int) -> None:
        self.classes = classes

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"classes": self.classes}
