import pytest

from notifications.rules.phones import parse_phone
from outreach.people.forms import PersonForm
from tests.cast import AKIKO, HARU


def answers(character, **changes):
    values = {
        "name": character.name,
        "kana": character.kana,
        "phone": character.phone,
        "email": character.email,
    }
    return {**values, **changes}


def codes(form, field):
    return [error.code for error in form.errors.as_data().get(field, [])]


def test_a_landline_and_no_e_mail_is_enough():
    form = PersonForm(answers(HARU))

    assert form.is_valid()
    assert form.cleaned_data == {
        "name": HARU.name,
        "kana": HARU.kana,
        "phone": parse_phone(HARU.phone),
        "email": "",
    }


def test_an_e_mail_and_no_phone_is_enough():
    assert PersonForm(answers(AKIKO, phone="")).is_valid()


def test_who_leaves_neither_is_asked_for_one_beside_the_phone():
    form = PersonForm(answers(HARU, phone=""))

    assert not form.is_valid()
    assert list(form.errors) == ["phone"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"phone": "0186-1"}, "phone", id="half a number"),
        pytest.param({"phone": "", "email": "haru@"}, "email", id="half an address"),
    ],
)
def test_a_slip_is_said_once_and_not_called_missing(changes, field):
    form = PersonForm(answers(HARU, **changes))

    assert list(form.errors) == [field]
    assert len(form.errors[field]) == 1


def test_the_name_must_be_given():
    assert codes(PersonForm(answers(HARU, name=" ")), "name") == ["required"]


def test_the_reading_may_be_left_out_and_is_kept_as_katakana():
    assert PersonForm(answers(HARU, kana="")).is_valid()

    form = PersonForm(answers(HARU, kana="ゆきさわ　はる"))
    assert form.is_valid()
    assert form.cleaned_data["kana"] == "ユキサワ ハル"


def test_a_reading_in_other_letters_is_refused():
    assert codes(PersonForm(answers(HARU, kana="雪沢")), "kana") == ["not_kana"]


@pytest.mark.parametrize("field", ["name", "kana", "email"])
def test_a_card_number_is_refused_without_being_repeated(field):
    form = PersonForm(answers(HARU, **{field: "123456789018@example.com"}))

    assert "forbidden_number" in codes(form, field)
    assert "123456789018" not in str(form.errors[field])


def test_the_questions_come_in_their_order_and_ask_no_browser_to_check():
    html = PersonForm().as_p()

    positions = [html.index(f'name="{name}"') for name in ("name", "kana", "phone", "email")]
    assert positions == sorted(positions)
    assert " required" not in html
    assert "placeholder" not in html
    assert 'autocomplete="name"' in html
    assert 'autocomplete="email"' in html


@pytest.mark.parametrize(
    ("field", "written"),
    [("kana", "㌀" * 40), ("email", "a@" + ".".join(["İ" * 60] * 3) + ".com")],
    ids=["kana", "email"],
)
def test_what_would_grow_too_long_for_its_column_is_refused(field, written):
    assert "max_length" in codes(PersonForm(answers(AKIKO, **{field: written})), field)
