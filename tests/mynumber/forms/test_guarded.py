import pytest
from django import forms
from django.conf import settings
from django.utils import translation

from mynumber.forms import GuardedForm
from mynumber.rules.personal_number import contains_personal_number
from notifications.forms import PhoneField

PERSONAL_NUMBER = "123456789018"


class Questions(GuardedForm):
    note = forms.CharField(required=False, max_length=60)
    phone = PhoneField(required=False)
    topic = forms.ChoiceField(required=False, choices=[("a", "A")])


@pytest.mark.parametrize("field", ["note", "phone", "topic"])
@pytest.mark.parametrize("written", [PERSONAL_NUMBER, "1234 5678 9018", "１２３４５６７８９０１８"])
def test_a_refused_number_goes_back_to_the_browser_nowhere(field: str, written: str) -> None:
    form = Questions({field: written})
    assert not form.is_valid()
    assert written not in form.as_p() + form[field].as_hidden()


@pytest.mark.parametrize("sent", [True, False], ids=["judged", "only shown again"])
def test_the_words_around_a_refused_number_stay_as_typed(sent: bool) -> None:
    typed = {"note": f"家は角です。番号は{PERSONAL_NUMBER}です"}
    form = Questions(typed) if sent else Questions(initial=typed)
    assert form["note"].value() == "家は角です。番号は●●●です"


def test_a_phone_number_that_only_looks_like_a_card_number_is_shown_as_typed() -> None:
    written = "+63 900 000 0001"
    assert contains_personal_number(written)
    assert Questions({"phone": written})["phone"].value() == written


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_a_text_that_is_too_long_is_refused_in_the_readers_language(code: str) -> None:
    with translation.override(code):
        [sentence] = Questions({"note": "a" * 61}).errors["note"]
    assert "60" in sentence
    if code not in ("ja", "ja-easy"):
        assert not any("\u3040" <= character <= "\u30ff" for character in sentence)
