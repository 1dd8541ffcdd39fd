"""What staff fill in about an announcement: words, when to send, a number to try it on."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from notifications.announcement_words import longest
from notifications.forms import PhoneField
from notifications.models import Announcement, AnnouncementText
from notifications.rules.announcement_texts import (
    ENDINGS,
    TextFault,
    sms_faults,
    unknown_variables,
)
from outreach.desk.actions.announcements import Written
from outreach.desk.audiences import announcing_purposes
from outreach.desk.message_words import purpose_word
from outreach.places.forms import WrittenTimeField

TITLE_LENGTH = 120
SHORT_LENGTH = 300
LONG_LENGTH = 4000
FORMS = ("short", "subject", "long")
END_OF_DAY = time(23, 59)


class OptionalTimeField(WrittenTimeField):
    """A time of day, or None when left empty."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) if str(value or "").strip() else None


class WordsForm(GuardedForm):
    """The words in every language. Japanese is required; what others lack comes in Japanese."""

    title = forms.CharField(
        label=_("Name for the staff"),
        max_length=TITLE_LENGTH,
        help_text=_("Residents do not see it."),
        error_messages={"required": _("Give the announcement a name, so that colleagues find it.")},
    )
    purpose = forms.ChoiceField(
        label=_("What people agreed to"),
        help_text=_("Only those who agreed to messages of this kind get the announcement."),
    )
    until_on = WrittenDateField(
        label=_("Last day on which it is of use"),
        required=False,
        help_text=_("What could not be sent by then is not sent any more. Empty: no such day."),
    )
    until_at = OptionalTimeField(
        label=_("At what time on that day"),
        required=False,
        max_length=20,
        help_text=_("For example 10:00. Empty: until the end of the day."),
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        purpose = self.fields["purpose"]
        assert isinstance(purpose, forms.ChoiceField)  # noqa: S101  (for types)
        purpose.choices = [(one, purpose_word(one)) for one in announcing_purposes()]

    @property
    def general(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "purpose", "until_on", "until_at")]

    @property
    def languages(self) -> Iterator[dict[str, Any]]:
        """The questions of each language together; opened where something is written or wrong."""
        for code, name in settings.LANGUAGES:
            fields = [self[f"{code}_{form}"] for form in FORMS]
            is_open = code == settings.LANGUAGE_CODE or any(one.errors for one in fields)
            is_filled = any(one.value() for one in fields)
            yield {
                "code": code,
                "name": name,
                "fields": fields,
                "is_open": is_open or is_filled,
                "is_filled": is_filled,
            }

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        for written in self._written(answers):
            self._judge(written)
        if answers.get("until_at") and not answers.get("until_on"):
            self.add_error("until_on", _("Write the day that belongs to this time."))
        until = None if self.errors.keys() & {"until_on", "until_at"} else self.useless_after()
        if until and until <= self.now:
            self.add_error("until_on", _("This day or time is past. Nothing would go out."))
        return answers

    def add_error(self, field: str | None, error: Any) -> None:
        """Say with the fault in which language it is: the summary shows those of all together."""
        language = _LANGUAGE_OF_FIELD.get(field or "")
        if language:
            sentences = ValidationError(error).messages
            error = [format_lazy("{}: {}", language, sentence) for sentence in sentences]
        super().add_error(field, error)

    def texts(self) -> list[Written]:
        """The words, as `announcements.write` takes them."""
        return list(self._written(self.cleaned_data))

    def useless_after(self) -> datetime | None:
        """The moment after which it is of no use; times of day are the town's."""
        day = self.cleaned_data["until_on"]
        if day is None:
            return None
        at = self.cleaned_data["until_at"] or END_OF_DAY
        return datetime.combine(day, at, tzinfo=timezone.get_default_timezone())

    def _written(self, answers: dict[str, Any]) -> Iterator[Written]:
        for code, _name in settings.LANGUAGES:
            yield Written(code, *(answers.get(f"{code}_{form}", "") for form in FORMS))

    def _judge(self, text: Written) -> None:
        if text.short:
            filled = longest(AnnouncementText(language=text.language, short=text.short))
            for fault in sms_faults(
                text.short, filled=filled, language=text.language, city_phone=settings.CITY_PHONE
            ):
                self.add_error(f"{text.language}_short", gettext(fault.value))
        if unknown_variables(text.long):
            self.add_error(f"{text.language}_long", gettext(TextFault.UNKNOWN_VARIABLE.value))
        if unknown_variables(text.subject, known=("city_name",)):
            self.add_error(f"{text.language}_subject", gettext(TextFault.UNKNOWN_VARIABLE.value))
        if text.long and not text.subject and f"{text.language}_subject" not in self.errors:
            self.add_error(f"{text.language}_subject", _("Write the subject of the longer text."))


def words_of(announcement: Announcement) -> dict[str, Any]:
    """What `WordsForm` shows of an announcement that is there already."""
    until = announcement.useless_after
    shown: dict[str, Any] = {
        "title": announcement.title,
        "purpose": announcement.purpose,
        "until_on": timezone.localtime(until).date().isoformat() if until else "",
        "until_at": f"{timezone.localtime(until):%H:%M}" if until else "",
    }
    for text in announcement.texts.all():
        shown |= {f"{text.language}_{form}": getattr(text, form) for form in FORMS}
    return shown


class SendForm(GuardedForm):
    """Now, or at a time."""

    NOW, LATER = "now", "later"

    when = forms.ChoiceField(
        label=_("When it goes out"),
        choices=[(NOW, _("Now")), (LATER, _("At this time:"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    on = WrittenDateField(
        label=_("Date"), required=False, help_text=_("For example 2026-12-05 or 令和8年12月5日.")
    )
    at = OptionalTimeField(
        label=_("Time of day"), required=False, max_length=20, help_text=_("For example 10:00.")
    )

    def __init__(
        self, *args: Any, now: datetime, useless_after: datetime | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.useless_after = useless_after

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        is_later = answers.get("when") == self.LATER
        if is_later:
            for name in ("on", "at"):
                if not answers.get(name) and name not in self.errors:
                    self.add_error(name, _("Write date and time, or choose “Now”."))
        if self.errors:
            return answers
        send_at = self.send_at() or self.now
        if send_at < self.now:
            self.add_error("on", _("This time is past. Write a later one, or choose “Now”."))
        elif self.useless_after and send_at >= self.useless_after:
            self.add_error(
                "on" if is_later else "when",
                _("It would be of no use any more by then. Change the time, or the last day."),
            )
        return answers

    def send_at(self) -> datetime | None:
        """The moment chosen; None for now."""
        if self.cleaned_data["when"] == self.NOW:
            return None
        town = timezone.get_default_timezone()
        return datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"], tzinfo=town)


class TestSmsForm(GuardedForm):
    """One number, one language."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    phone = PhoneField(
        label=_("Mobile to try it on"),
        help_text=_("For example the mobile of your section. One SMS goes there at once."),
        error_messages={"required": _("Write the number of a mobile.")},
    )


def _language_fields(code: str) -> dict[str, forms.Field]:
    required = code == settings.LANGUAGE_CODE
    return {
        f"{code}_short": forms.CharField(
            label=_("SMS"),
            required=required,
            max_length=SHORT_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            help_text=format_lazy(
                _(
                    "At best 65 characters, at most two parts. It must give the city's number and "
                    "say how to stop. An ending that does both: {ending}"
                ),
                ending=ENDINGS[code],
            ),
            error_messages={"required": _("Write the SMS in Japanese.")},
        ),
        f"{code}_subject": forms.CharField(
            label=_("Subject of the e-mail or letter"),
            required=required,
            max_length=200,
            widget=forms.TextInput(attrs={"lang": code}),
            error_messages={"required": _("Write the subject in Japanese.")},
        ),
        f"{code}_long": forms.CharField(
            label=_("Longer text: e-mail, letter, and what a colleague says on the telephone"),
            required=required,
            max_length=LONG_LENGTH,
            widget=forms.Textarea(attrs={"rows": 8, "lang": code}),
            error_messages={"required": _("Write the longer text in Japanese.")},
        ),
    }


# Three questions for each language that residents read.
for _code, _name in settings.LANGUAGES:
    WordsForm.base_fields |= _language_fields(_code)

# The faults of the city's own language stand without its name, as its questions must be answered.
_LANGUAGE_OF_FIELD = {
    f"{code}_{form}": name
    for code, name in settings.LANGUAGES
    if code != settings.LANGUAGE_CODE
    for form in FORMS
}
