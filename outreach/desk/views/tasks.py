"""The desk's tasks: the list of the day, one task, taking, finishing and undoing."""

from datetime import datetime

from django.contrib import messages as notices
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notifications.actions.colleague_calls import CallSettled, NextUnderWay
from outreach.classes.actions.offers import OfferGone
from outreach.desk.actions import task_answers
from outreach.desk.actions.task_answers import CannotUndo
from outreach.desk.call_script import call_script
from outreach.desk.forms.tasks import FinishForm, HandOverForm, NoteForm, TaskFilterForm
from outreach.desk.message_lines import latest, line
from outreach.desk.offered_places import offer_of
from outreach.desk.task_list import (
    done_today,
    open_groups,
    others_of_person,
    people_of,
    put_off,
    start_of_date,
    task_line,
)
from outreach.people.actions import tasks as people_tasks
from outreach.people.actions.access import record_access
from outreach.people.actions.tasks import TakenByColleague, TaskDone
from outreach.people.colleagues import colleague_name
from outreach.people.models import AccessRecord, Task
from outreach.people.staff import StaffRequest

SCREEN = "tasks"
# Three forms stand on one page, with fields of the same names.
HAND_OVER_IDS, NOTE_IDS = "hand-over-%s", "note-%s"

may_do_tasks = permission_required("people.do_tasks", raise_exception=True)


@never_cache
@may_do_tasks
@require_safe
def tasks(request: StaffRequest) -> HttpResponse:
    """Everything that is open by kind, the oldest first, and what was done today."""
    now = timezone.now()
    form = TaskFilterForm(request.GET)
    chosen = form.chosen
    mine = request.user if chosen.get("whose") else None
    groups = open_groups(now=now, kind=chosen.get("kind", ""), taken_by=mine)
    done = done_today(now=now)
    shown = [one for group in groups for one in group.lines] + done
    record_access(
        by=request.user,
        people=people_of(shown),
        action=AccessRecord.Action.VIEW,
        screen=SCREEN,
        now=now,
    )
    context = {
        "form": form,
        "groups": groups,
        "done": done,
        "chosen": chosen,
        "later": put_off(now=now),
    }
    return render(request, "desk/staff/tasks.html", context)


@never_cache
@may_do_tasks
@require_safe
def task(request: StaffRequest, pk: int) -> HttpResponse:
    """One task with all that is needed to do it."""
    return _page(request, _task(pk), FinishForm())


@never_cache
@may_do_tasks
@require_POST
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a task, or give it back to everybody."""
    found = _task(pk)
    gives_back = request.POST.get("back") == "yes"
    try:
        people_tasks.take(task=found, by=None if gives_back else request.user)
    except (TaskDone, TakenByColleague) as refusal:
        notices.warning(request, str(refusal))
        return _to_list()
    if gives_back:
        notices.info(request, _("The task is back on everybody's list."))
        return _to_list()
    return HttpResponseRedirect(reverse("desk_staff:task", args=[pk]))


@never_cache
@may_do_tasks
@require_POST
def hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask a colleague to go on with a task."""
    found = _task(pk)
    form = HandOverForm(request.POST, by=request.user, auto_id=HAND_OVER_IDS)
    if not form.is_valid():
        return _page(request, found, FinishForm(), hand_over=form)
    now = timezone.now()
    try:
        people_tasks.hand_over(task=found, **form.cleaned_data, by=request.user, now=now)
    except (TaskDone, TakenByColleague) as refusal:
        notices.warning(request, str(refusal))
        return _to_list()
    _record(request, found, AccessRecord.Action.CHANGE, now)
    name = colleague_name(form.cleaned_data["to"])
    notices.success(request, _("The task is handed over to %(name)s.") % {"name": name})
    return _to_list()


@never_cache
@may_do_tasks
@require_POST
def note(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down how far a task has come, and put it off to another day if need be."""
    found = _task(pk)
    form = NoteForm(request.POST, auto_id=NOTE_IDS)
    if not form.is_valid():
        return _page(request, found, FinishForm(), note=form)
    now, told = timezone.now(), form.cleaned_data
    day = told["on"]
    due_at = start_of_date(day) if day else None
    try:
        people_tasks.note(task=found, words=told["words"], by=request.user, now=now, due_at=due_at)
    except TaskDone as refusal:
        notices.warning(request, str(refusal))
        return _to_list()
    _record(request, found, AccessRecord.Action.CHANGE, now)
    notices.success(request, _("The note is stored."))
    return _to_list() if day else HttpResponseRedirect(reverse("desk_staff:task", args=[pk]))


@never_cache
@may_do_tasks
@require_POST
def finish(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a task off the list; for a call, with the word whether the person was reached."""
    found = _task(pk)
    form = FinishForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    now = timezone.now()
    answer = request.POST.get("answer", "")
    try:
        _finish(request, found, answer, form.cleaned_data["note"], now)
    except (TaskDone, TakenByColleague, CallSettled, OfferGone) as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _task(pk), form, status=409)
    _record(request, found, AccessRecord.Action.CHANGE, now)
    notices.success(request, _what_now(answer))
    return _to_list()


@never_cache
@may_do_tasks
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a task that was done today back on the list."""
    found = _task(pk)
    now = timezone.now()
    try:
        task_answers.undo(task=found, by=request.user, now=now)
    except (CannotUndo, NextUnderWay, CallSettled) as refusal:
        notices.warning(request, str(refusal))
        return _to_list()
    _record(request, found, AccessRecord.Action.CHANGE, now)
    notices.info(request, _("The task is back on the list, with its note."))
    return HttpResponseRedirect(reverse("desk_staff:task", args=[pk]))


def _finish(request: StaffRequest, found: Task, answer: str, note: str, now: datetime) -> None:
    if answer in ("accept", "decline"):
        task_answers.finish_offer(
            task=found, accepts=answer == "accept", by=request.user, now=now, note=note
        )
    elif answer in ("reached", "not_reached"):
        task_answers.finish_call(
            task=found, reached=answer == "reached", by=request.user, now=now, note=note
        )
    else:
        people_tasks.finish(task=found, by=request.user, now=now, note=note)


def _what_now(answer: str) -> str:
    if answer == "accept":
        return _("The place is taken.")
    if answer == "decline":
        return _("The place goes to the next in line.")
    if answer == "reached":
        return _("It is noted that you told the person. Nothing more goes out.")
    if answer == "not_reached":
        return _("It is noted that nobody answered. The next way to the person is tried.")
    return _("The task is done.")


def _page(
    request: StaffRequest,
    found: Task,
    form: FinishForm,
    *,
    hand_over: HandOverForm | None = None,
    note: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    _record(request, found, AccessRecord.Action.VIEW, timezone.now())
    message = found.message
    shown = task_line(found)
    context = {
        "line": shown,
        "others": others_of_person(found),
        "latest": latest(shown.contact) if shown.contact and not message else [],
        "form": form,
        "hand_over": hand_over or HandOverForm(by=request.user, auto_id=HAND_OVER_IDS),
        "note": note or NoteForm(auto_id=NOTE_IDS),
        "notes": found.notes.select_related("by", "handed_to").order_by("at", "pk"),
        "message_line": line(message) if message else None,
        "script": call_script(message) if message else [],
        "offer": offer_of(found),
    }
    return render(request, "desk/staff/task.html", context, status=status)


def _task(pk: int) -> Task:
    return get_object_or_404(Task.objects.to_show(), pk=pk)


def _record(request: StaffRequest, found: Task, action: AccessRecord.Action, now: datetime) -> None:
    people = [found.person] if found.person else []
    record_access(by=request.user, people=people, action=action, screen=SCREEN, now=now)


def _to_list() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk_staff:tasks"))
