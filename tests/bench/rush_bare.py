"""The least a site could do with one who wants a seat: no line, no message, no reference."""

from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from outreach.classes.models import ClassSession, Registration


def reach(request: HttpRequest, session_pk: int) -> HttpResponse:
    """One conditional UPDATE; who got a seat is written down, nobody else."""
    with transaction.atomic():
        taken = ClassSession.objects.filter(pk=session_pk, seats_taken__lt=F("capacity")).update(
            seats_taken=F("seats_taken") + 1
        )
        if taken:
            Registration.objects.create(
                session_id=session_pk,
                person_id=request.POST["person"],
                reference=uuid4().hex[:12],
                submission=uuid4(),
                how=Registration.How.WEB,
                registered_at=timezone.now(),
            )
    return redirect("/ja/taken/" if taken else "/ja/full/")
