"""Somebody has moved away or died, or wants to be called back."""

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from outreach.desk.forms.kin import CallBackForm, LeaveForm
from outreach.desk.task_list import start_of_date
from outreach.desk.views.person import person_of, record, to_page
from outreach.desk.views.person_changes import change
from outreach.people.actions import status, tasks
from outreach.people.models import AccessRecord
from outreach.people.staff import StaffRequest

may_change = permission_required("people.change_people", raise_exception=True)


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody has moved away or died: everything open is closed."""
    found = person_of(pk)

    def write(form: LeaveForm) -> str:
        status.leave(person=found, **form.cleaned_data, by=request.user, now=timezone.now())
        return _("It is noted. Nothing more goes to this person, and nothing is open any more.")

    return change(
        request,
        found,
        LeaveForm(request.POST or None),
        write,
        gettext_lazy("Moved away or died"),
        warning=gettext_lazy(
            "Registrations, visits, reminders and tasks are ended and waiting messages dropped. "
            "Nobody is told by a machine when somebody has died."
        ),
        button=gettext_lazy("Note it and end everything"),
    )


@never_cache
@may_change
@require_POST
def come_back(request: StaffRequest, pk: int) -> HttpResponse:
    """It was a mistake: the person lives here."""
    found = person_of(pk)
    status.come_back(person=found)
    record(request, [found], AccessRecord.Action.CHANGE)
    notices.success(
        request, _("The person lives here again. What was ended can be asked for anew.")
    )
    return to_page(found)


@never_cache
@may_change
@require_http_methods(["GET", "HEAD", "POST"])
def call_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody wants to be called back: a task, today or later."""
    found = person_of(pk)

    def write(form: CallBackForm) -> str:
        told = form.cleaned_data
        due_at = start_of_date(told["on"]) if told["on"] else None
        tasks.ask_to_call_back(
            person=found, words=told["words"], by=request.user, now=timezone.now(), due_at=due_at
        )
        return _("It is on the list of things to do.")

    form = CallBackForm(request.POST or None)
    return change(request, found, form, write, gettext_lazy("Call back"))
