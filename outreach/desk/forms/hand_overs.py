"""What staff choose about a file, and the report that comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mynumber.forms import GuardedForm
from notifications.models import HandOver
from outreach.desk.hand_over_words import KIND_WORDS


class KindForm(GuardedForm):
    """What is to be made."""

    kind = forms.ChoiceField(choices=[(kind.value, word) for kind, word in KIND_WORDS.items()])

    def chosen(self) -> HandOver.Kind | None:
        """The kind, or None for an answer nobody offered."""
        return HandOver.Kind(self.cleaned_data["kind"]) if self.is_valid() else None


class EncodingForm(GuardedForm):
    """How the text of a file is written."""

    encoding = forms.ChoiceField(
        label=_("Characters of the file"),
        choices=[
            ("utf-8", _("UTF-8 (every language)")),
            ("cp932", _("Shift_JIS (Japanese and English only)")),
        ],
        initial="utf-8",
        widget=forms.RadioSelect,
    )


class ReportForm(GuardedForm):
    """A report of the aggregator."""

    report = forms.FileField(
        label=_("Report of the SMS service"),
        help_text=_("CSV or Excel with the columns 受付番号, 結果 (送達, 不達 or 停止) and 理由."),
        error_messages={
            "required": _("Choose the file the SMS service sent back."),
            "empty": _("The file is empty."),
        },
    )
