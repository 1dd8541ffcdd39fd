"""The tablet by the door of the class: three faces, one more question, thanks. It names nobody."""

from uuid import uuid4

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from outreach.classes.actions import voices
from outreach.classes.day_forms import FeedbackForm
from outreach.classes.models import ClassSession, Feedback
from outreach.people.staff import StaffRequest


@csp_replace({"script-src": [SELF], "style-src": [SELF]})
@never_cache
@permission_required("classes.manage_classes", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: StaffRequest, session_pk: int) -> HttpResponse:
    """Staff open it and hand the tablet over; `?lang=` chooses the participant's language."""
    session = get_object_or_404(ClassSession, pk=session_pk)
    language = _language(request)
    with translation.override(language):
        context = {
            "step": _step(request, session),
            "submission": request.POST.get("submission") or uuid4(),
            "answer": request.POST.get("answer", ""),
            "answers": Feedback.Answer.values,
            "language": language,
            "language_tag": settings.LANGUAGE_TAGS[language],
            "languages": settings.LANGUAGES,
        }
        return render(request, "classes/staff/feedback.html", context)


def _step(request: StaffRequest, session: ClassSession) -> str:
    """Count what was pressed, and say what is asked next: "answer", "again" or "thanks"."""
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return "answer"
    voices.give_feedback(
        session=session,
        submission=form.cleaned_data["submission"],
        answer=form.cleaned_data["answer"],
        again=form.comes_again,
        today=timezone.localdate(),
    )
    return "thanks" if form.cleaned_data["again"] else "again"


def _language(request: StaffRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
