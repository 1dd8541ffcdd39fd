import pytest
from django import forms

from mynumber.forms import GuardedForm
from notifications.forms import PhoneField
from notifications.rules.phones import Phone, parse_phone


class CallBackForm(GuardedForm):
    phone = PhoneField(required=False)


@pytest.mark.parametrize(
    "written", ["090-0000-0012", "０９０ ００００ ００１２", "+81 90 0000 0012", "携帯 09000000012"]
)
def test_a_number_is_understood_however_it_is_written(written):
    form = CallBackForm({"phone": written})

    assert form.is_valid()
    assert form.cleaned_data["phone"] == parse_phone("090-0000-0012")


@pytest.mark.parametrize("nothing", ["", "  ", "　"])
def test_an_empty_number_is_none(nothing):
    form = CallBackForm({"phone": nothing})

    assert form.is_valid()
    assert form.cleaned_data["phone"] is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        pytest.param("30-0203", "no_area_code", id="no area code"),
        pytest.param("0186-30-020", "wrong_length", id="a digit short"),
        pytest.param("よる電話ください", "unreadable", id="words"),
        pytest.param("0" * 61, "max_length", id="endless"),
    ],
)
def test_what_is_no_number_is_refused_and_shown_again(written, code):
    form = CallBackForm({"phone": written})

    assert [error.code for error in form.errors.as_data()["phone"]] == [code]
    assert form["phone"].value() == written


def test_a_mobile_that_looks_like_a_card_number_is_accepted():
    assert CallBackForm({"phone": "+819012345673"}).is_valid()


def test_a_number_that_must_be_given_is_asked_for():
    class StrictForm(forms.Form):
        phone = PhoneField()

    assert StrictForm({"phone": ""}).errors.as_data()["phone"][0].code == "required"


def test_the_field_says_to_the_browser_what_it_is():
    html = str(CallBackForm()["phone"])

    assert 'type="tel"' in html
    assert 'autocomplete="tel"' in html


def test_a_number_on_record_is_shown_as_people_read_it():
    phone: Phone = parse_phone("+81186000111")

    assert 'value="0186-00-0111"' in str(CallBackForm(initial={"phone": phone})["phone"])
