"""What staff fill in about whom an announcement is for."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm, WrittenDateField
from outreach.classes.models import Course
from outreach.desk.announcement_labels import CLASSES_WORDS, REACH_WORDS
from outreach.desk.message_words import CHANNEL_WORDS
from outreach.desk.rules.audiences import CHANNELS, EARLIEST_BIRTH_YEAR, Audience, Classes, Reach
from outreach.places.models import District

LATEST_BIRTH_YEAR = 2100


class AudienceForm(GuardedForm):
    """Every question narrows the audience; what is left empty does not."""

    districts = forms.MultipleChoiceField(
        label=_("Districts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A district stands for all its parts. None ticked: the whole city."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=settings.LANGUAGES,
        help_text=_("None ticked: every language."),
    )
    born_from = forms.IntegerField(
        label=_("Born in or after the year"),
        required=False,
        min_value=EARLIEST_BIRTH_YEAR,
        max_value=LATEST_BIRTH_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a year in four digits, for example 1951.")},
    )
    born_to = forms.IntegerField(
        label=_("Born in or before the year"),
        required=False,
        min_value=EARLIEST_BIRTH_YEAR,
        max_value=LATEST_BIRTH_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("People whose year of birth is not known are left out when a year is given."),
        error_messages={"invalid": _("Write a year in four digits, for example 1951.")},
    )
    reach = forms.ChoiceField(
        label=_("What people can be reached by"), required=False, choices=[*REACH_WORDS.items()]
    )
    channels = forms.MultipleChoiceField(
        label=_("Send it only by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(channel, word) for channel, word in CHANNEL_WORDS.items() if channel in CHANNELS],
        help_text=_(
            "Each person gets it by the channel they prefer. Leave out calls if colleagues cannot "
            "make so many. None ticked: all of them."
        ),
    )
    classes = forms.ChoiceField(
        label=_("Smartphone classes"), required=False, choices=[*CLASSES_WORDS.items()]
    )
    courses = forms.MultipleChoiceField(
        label=_("Which classes count"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all of them."),
    )
    classes_from = WrittenDateField(label=_("Classes from this day"), required=False)
    classes_to = WrittenDateField(label=_("Classes until this day"), required=False)

    def __init__(self, *args: Any, session: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._session = session
        self._offer("districts", _districts())
        self._offer("courses", [(one.slug, str(one)) for one in Course.objects.to_choose_from()])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if _comes_before(answers.get("born_to"), answers.get("born_from")):
            self.add_error("born_to", _("This year comes before the first one. Check both."))
        if _comes_before(answers.get("classes_to"), answers.get("classes_from")):
            self.add_error("classes_to", _("This day comes before the first one. Check both."))
        return answers

    def audience(self) -> Audience:
        """The description; the class an announcement is about stays what it was."""
        answers = self.cleaned_data
        return Audience(
            districts=tuple(answers["districts"]),
            languages=tuple(answers["languages"]),
            born_from=answers["born_from"],
            born_to=answers["born_to"],
            reach=Reach(answers["reach"]),
            channels=tuple(answers["channels"]),
            classes=Classes(answers["classes"]),
            courses=tuple(answers["courses"]),
            classes_from=answers["classes_from"],
            classes_to=answers["classes_to"],
            session=self._session,
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (for types)
        field.choices = choices


def _districts() -> list[tuple[str, str]]:
    """Districts with their parts below them, as far down as there are any."""
    parts: dict[int | None, list[District]] = {}
    for district in District.objects.in_force().only("code", "name", "parent"):
        parts.setdefault(district.parent_id, []).append(district)

    def below(parent: int | None, depth: int) -> list[tuple[str, str]]:
        return [
            line
            for one in parts.get(parent, [])
            for line in [(one.code, "　" * depth + one.name), *below(one.pk, depth + 1)]
        ]

    return below(None, 0)


def _comes_before(last: Any, first: Any) -> bool:
    return first is not None and last is not None and last < first
