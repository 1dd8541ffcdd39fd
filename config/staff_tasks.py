"""The first page after the log-in: what each role comes for, one click away."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component


@dataclass(frozen=True)
class Task:
    """One way into the staff site, for those who hold the permission."""

    name: str | Promise
    hint: str | Promise
    view: str
    permission: str
    icon: str


TASKS = (
    Task(
        _("Phone desk"),
        _("Somebody calls about a class: look them up, book, read the reference out."),
        "desk_staff:phone_desk",
        "classes.manage_classes",
        "mobile-alt",
    ),
    Task(
        _("To do"),
        _("Calls to make, answers to read, messages in doubt: what waits for a colleague."),
        "desk_staff:tasks",
        "people.do_tasks",
        "tasks",
    ),
    Task(
        _("Residents"),
        _("Look somebody up, see everything about them, write somebody down."),
        "desk_staff:people",
        "people.see_people",
        "user",
    ),
    Task(
        _("Smartphone classes"),
        _("Register a caller, print the list of a class, plan a class."),
        "classes_staff:sessions",
        "classes.manage_classes",
        "group",
    ),
    Task(
        _("Counters"),
        _("Call who has an appointment or a number, plan days of counters and mobile desks."),
        "reception_staff:days",
        "reception.receive",
        "desktop",
    ),
    Task(
        _("Take a request by phone"),
        _("Somebody asks for a home visit on the telephone."),
        "visits_staff:new",
        "visits.plan_visit",
        "edit",
    ),
    Task(
        _("Visit requests"),
        _("See who waits, the most urgent first, and fix a day."),
        "visits_staff:requests",
        "visits.plan_visit",
        "home",
    ),
    Task(
        _("Today's visits"),
        _("The list of the day to print or to read on the way; write down outcomes."),
        "visits_staff:today",
        "visits.record_outcome",
        "calendar",
    ),
    Task(
        _("Outbox"),
        _("What the city wrote to residents, and what has to be called or posted by hand."),
        "desk_staff:outbox",
        "people.see_outbox",
        "mail",
    ),
    Task(
        _("Letters and files"),
        _("Print what goes by post, pass on files of text messages, note what came of them."),
        "desk_staff:hand_overs",
        "people.see_outbox",
        "download",
    ),
    Task(
        _("Not reached"),
        _("Whom no channel has reached, by district, to call on them."),
        "desk_staff:not_reached",
        "people.do_tasks",
        "warning",
    ),
    Task(
        _("Announcements"),
        _("Tell many people something at once, each in their language and by their channel."),
        "desk_staff:announcements",
        "people.announce",
        "comment",
    ),
    Task(
        _("Sending"),
        _("What goes out today and what waits; stop everything when something is wrong."),
        "desk_staff:sending",
        "people.stop_sending",
        "resubmit",
    ),
    Task(
        _("Coverage map"),
        _("How many residents hold a card, district by district, as map and table."),
        "maps_staff:coverage",
        "coverage.see_coverage",
        "site",
    ),
    Task(
        _("Where to go next"),
        _("Venues and days on which a mobile desk reaches the most residents without a card."),
        "reception_staff:where_next",
        "reception.see_where_next",
        "site",
    ),
    Task(
        _("Figures of classes"),
        _("Places, people who came, the plan's goal with its evidence, by district and age."),
        "classes_staff:figures",
        "classes.see_figures",
        "table",
    ),
    Task(
        _("Figures of visits"),
        _("Requests, waiting time, visits, kilometres and cards, by district; nobody's name."),
        "visits_staff:figures",
        "visits.see_figures",
        "table",
    ),
    Task(
        _("Guides and pages"),
        _("Read and change what residents read, in every language."),
        "wagtailadmin_explore_root",
        "classes.change_course",
        "doc-full-inverse",
    ),
)


class TasksPanel(Component):
    """The tasks somebody may do, as a list of links."""

    name = "tasks"
    template_name = "staff/tasks.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.tasks = [task for task in TASKS if request.user.has_perm(task.permission)]

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"tasks": self.tasks}
