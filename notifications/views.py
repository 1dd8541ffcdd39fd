"""What Twilio calls: how messages went on, texts that come in, and automatic calls.

Whatever is not signed is refused before it is read. No answer of ours is an SMS.
"""

import logging
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notifications.actions import answers, automatic_calls, callbacks, inbound
from notifications.models import Contact, Message
from notifications.transports import twilio_voice as speech
from notifications.transports.twilio_reports import report_of_call, report_of_sms
from notifications.transports.twilio_signature import is_signed

logger = logging.getLogger(__name__)

# As many digits as a key of the database has at most.
_LONGEST_KEY = 18

Webhook = Callable[[HttpRequest], HttpResponse]


def webhook(*needs: str) -> Callable[[Webhook], Webhook]:
    """A view for a signed POST that holds the named fields; everything else is turned away."""

    def decorate(view: Webhook) -> Webhook:
        @csrf_exempt
        @never_cache
        @require_POST
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            signature = request.headers.get("X-Twilio-Signature", "")
            if not is_signed(request.get_full_path(), request.POST, signature):
                return HttpResponseForbidden()
            if not all(request.POST.get(field) for field in needs):
                return HttpResponseBadRequest()
            return view(request)

        return guarded

    return decorate


def about_a_call(view: Callable[[HttpRequest, Message], HttpResponse]) -> Webhook:
    """A view that also gets the message its address names; a call about none is ended."""

    @wraps(view)
    def found(request: HttpRequest) -> HttpResponse:
        called = Message.objects.select_related("contact", "point").filter(
            channel=Contact.Channel.VOICE
        )
        message = called.filter(pk=_message_key(request) or 0).first()
        return view(request, message) if message else _twiml(speech.hang_up())

    return found


@webhook()
def twilio_status(request: HttpRequest) -> HttpResponse:
    """A message or a call went on."""
    told = request.POST
    if "CallSid" in told:
        provider_id = told["CallSid"]
        report = report_of_call(told.get("CallStatus", ""), told.get("AnsweredBy", ""))
    else:
        provider_id = told.get("MessageSid", "")
        report = report_of_sms(told.get("MessageStatus", ""), told.get("ErrorCode", ""))
    if not provider_id:
        return HttpResponseBadRequest()
    if report is not None:
        callbacks.note(
            report=report,
            provider_id=provider_id,
            now=timezone.now(),
            message_key=_message_key(request),
        )
    return HttpResponse(status=204)


@webhook("MessageSid")
def twilio_inbound(request: HttpRequest) -> HttpResponse:
    """Somebody sent us an SMS."""
    inbound.receive(
        provider_id=request.POST["MessageSid"],
        number=request.POST.get("From", ""),
        words=request.POST.get("Body", ""),
        carrier_says=request.POST.get("OptOutType", ""),
        now=timezone.now(),
    )
    return _twiml(speech.nothing_to_say())


@webhook("CallSid")
@about_a_call
def twilio_voice(request: HttpRequest, message: Message) -> HttpResponse:
    """Somebody, or a machine, picked up."""
    words = automatic_calls.pick_up(
        message=message,
        provider_id=request.POST["CallSid"],
        answered_by=request.POST.get("AnsweredBy", ""),
        now=timezone.now(),
    )
    return _twiml(speech.say_and_go_on(message, words) if words else speech.hang_up())


@webhook("CallSid")
@about_a_call
def twilio_voice_heard(request: HttpRequest, message: Message) -> HttpResponse:
    """The message has been said to its end."""
    words = automatic_calls.hear(
        message=message, provider_id=request.POST["CallSid"], now=timezone.now()
    )
    if not words:
        return _twiml(speech.hang_up())
    return _twiml(speech.say_and_wait(message, words, automatic_calls.say(message, "goodbye")))


@webhook("CallSid", "Digits")
@about_a_call
def twilio_voice_key(request: HttpRequest, message: Message) -> HttpResponse:
    """A key was pressed."""
    try:
        said = answers.press(
            message=message,
            provider_id=request.POST["CallSid"],
            key=request.POST["Digits"],
            now=timezone.now(),
        )
    except Exception as fault:
        # Nothing has been noted, and the person on the telephone must hear so in their language.
        # The text of the fault stays out of the log: it can hold what somebody is called.
        logger.error("The key pressed for %s was lost: %s", message, type(fault).__name__)
        said = automatic_calls.say(message, "please-call")
    return _twiml(speech.say_and_end(said))


def _message_key(request: HttpRequest) -> int | None:
    """Which message an address of ours names; None for one that names none."""
    key = request.GET.get("message", "")
    return int(key) if key.isascii() and key.isdecimal() and len(key) <= _LONGEST_KEY else None


def _twiml(words: str) -> HttpResponse:
    return HttpResponse(words, content_type="text/xml")
