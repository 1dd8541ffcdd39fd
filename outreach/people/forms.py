"""Who somebody is and how to reach them: the questions every public form shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from notifications.forms import EmailField, PhoneField
from outreach.people.rules.names import as_katakana, is_kana, tidy_name

NAME_LENGTH = 120


class ReadingField(forms.CharField):
    """How a name is read: any kind of kana is accepted and kept as full-width katakana.

    Made wide before its length is judged: ㌀ is written as one character and kept as four.
    """

    def to_python(self, value: Any) -> str:
        return as_katakana(super().to_python(value) or "")


class NameForm(GuardedForm):
    """Who somebody is: the name and how it is read."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write the name.")},
    )
    kana = ReadingField(
        label=_("Reading of the name (kana)"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("Leave this empty if the name is written in Roman letters."),
    )

    def clean_name(self) -> str:
        return tidy_name(self.cleaned_data["name"])

    def clean_kana(self) -> str:
        kana: str = self.cleaned_data["kana"]
        if not is_kana(kana):
            raise forms.ValidationError(
                _("Write the reading in hiragana or katakana, or leave it empty."), code="not_kana"
            )
        return kana


class ReachForm(GuardedForm):
    """How to reach somebody; a phone or an e-mail is enough.

    Whoever is asked for by somebody else need not be reachable themselves: the asker is.
    """

    phone = PhoneField(label=_("Phone number"), required=False, help_text=_("A landline is fine."))
    email = EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _(
                "This is not an e-mail address we can use. Write it like name@example.com, "
                "or leave it empty."
            )
        },
    )

    def __init__(self, *args: Any, must_be_reachable: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.must_be_reachable = must_be_reachable
        if must_be_reachable:
            # Each is optional and one of them is not: said before anybody leaves both empty.
            self.fields["phone"].help_text = _(
                "A landline is fine. A phone number or an e-mail address is enough."
            )
        else:
            for name in self.fields.keys() & {"name", "phone", "email"}:
                # The browser would offer the asker's own.
                self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """Somebody nobody can reach would wait in vain for an answer."""
        answers = super().clean() or self.cleaned_data
        unread = self.errors.keys() & {"phone", "email"}
        reached = unread or answers.get("phone") or answers.get("email")
        if self.must_be_reachable and not reached:
            self.add_error(
                "phone", _("Write a phone number or an e-mail address, so that we can reach you.")
            )
        return answers


class PersonForm(ReachForm, NameForm):
    """Name, reading, phone and e-mail on one page."""
