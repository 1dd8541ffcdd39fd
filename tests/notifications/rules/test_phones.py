import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.rules.phones import PhoneFault, PhoneKind, PhoneNotUnderstood, parse_phone
from tests.domain_vectors import VECTORS

KIND_IN_THE_VECTORS = {
    "mobile": PhoneKind.MOBILE,
    "landline: no SMS": PhoneKind.LANDLINE,
    "voip: no SMS": PhoneKind.IP,
    "toll free: no SMS": PhoneKind.TOLL_FREE,
}

eight_digits = st.text("0123456789", min_size=8, max_size=8)


@pytest.mark.parametrize(("text", "e164", "note"), VECTORS["phone"])
def test_a_number_is_read_as_in_the_vectors(text, e164, note):
    phone = parse_phone(text)

    assert phone.e164 == e164
    assert phone.kind is KIND_IN_THE_VECTORS[note]
    assert phone.can_receive_sms == ("no SMS" not in note)


@pytest.mark.parametrize(
    "text",
    [
        "09012345678",
        "090-1234-5678",
        "090 1234 5678",
        "０９０－１２３４－５６７８",
        "090ー1234ー5678",
        "090−1234−5678",
        "090–1234—5678",
        "090・1234・5678",
        "090.1234.5678",
        "(090)1234-5678",
        "（０９０）１２３４－５６７８",
        "090(1234)5678",
        "+81 90-1234-5678",
        "+81-(0)90-1234-5678",
        "+81 090 1234 5678",
        "(+81)90-1234-5678",
        "＋８１９０１２３４５６７８",
        "0081-90-1234-5678",
        "00 81 90 1234 5678",
        "TEL:090-1234-5678",
        "Tel. 090-1234-5678",
        "Telephone: 090-1234-5678",
        "℡090-1234-5678",
        "☎ 090-1234-5678",
        "電話番号：090-1234-5678",
        "携帯電話 090-1234-5678",
        "  090-1234-5678\n",
        "\u202a090-1234-5678\u202c",
    ],
)
def test_one_mobile_is_understood_in_every_way_of_writing(text):
    phone = parse_phone(text)

    assert (phone.e164, phone.kind) == ("+819012345678", PhoneKind.MOBILE)
    assert phone.national == "090-1234-5678"


@pytest.mark.parametrize(
    ("text", "kind", "national"),
    [
        pytest.param("060 0000 1234", PhoneKind.MOBILE, "060-0000-1234", id="a new mobile prefix"),
        pytest.param("09000000000", PhoneKind.MOBILE, "090-0000-0000", id="an unassigned mobile"),
        pytest.param("080-1000-0000", PhoneKind.MOBILE, "080-1000-0000", id="080 that is mobile"),
        pytest.param("0186300203", PhoneKind.LANDLINE, "0186-30-0203", id="a landline in Kazuno"),
        pytest.param("0186-00-0000", PhoneKind.LANDLINE, "0186-00-0000", id="unassigned landline"),
        pytest.param("03 1234 5678", PhoneKind.LANDLINE, "03-1234-5678", id="a short area code"),
        pytest.param("0570-012-345", PhoneKind.LANDLINE, "0570-012-345", id="voice only"),
        pytest.param("05000001234", PhoneKind.IP, "050-0000-1234", id="an IP phone"),
        pytest.param("0120950178", PhoneKind.TOLL_FREE, "0120-950-178", id="toll free"),
        pytest.param("08001234567", PhoneKind.TOLL_FREE, "0800-123-4567", id="0800 is not 080"),
    ],
)
def test_the_shape_of_a_number_tells_its_kind_and_how_it_is_read(text, kind, national):
    phone = parse_phone(text)

    assert (phone.kind, phone.national) == (kind, national)
    assert phone.can_receive_sms == (kind is PhoneKind.MOBILE)


def test_a_number_abroad_is_kept_in_its_international_form():
    phone = parse_phone("+84 (912) 345-678")

    assert phone.e164 == "+84912345678"
    assert phone.kind is PhoneKind.FOREIGN
    assert phone.national == "+84 912 345 678"
    assert not phone.can_receive_sms


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("", PhoneFault.EMPTY, id="nothing"),
        pytest.param(" - ", PhoneFault.EMPTY, id="ornaments only"),
        pytest.param("TEL:", PhoneFault.EMPTY, id="a label only"),
        pytest.param("なし", PhoneFault.UNREADABLE, id="a word"),
        pytest.param("0186-30-0203 内線12", PhoneFault.UNREADABLE, id="an extension"),
        pytest.param("0186-30-0203/090-1234-5678", PhoneFault.UNREADABLE, id="two numbers"),
        pytest.param("+999123456789", PhoneFault.UNREADABLE, id="no such country"),
        pytest.param("30-0203", PhoneFault.NO_AREA_CODE, id="no area code"),
        pytest.param("9012345678", PhoneFault.NO_AREA_CODE, id="the zero is missing"),
        pytest.param("819012345678", PhoneFault.NO_AREA_CODE, id="the plus is missing"),
        pytest.param("123456789018", PhoneFault.NO_AREA_CODE, id="some other number"),
        pytest.param("090-1234-567", PhoneFault.WRONG_LENGTH, id="a mobile, one digit short"),
        pytest.param("090-1234-56789", PhoneFault.WRONG_LENGTH, id="a mobile, one digit long"),
        pytest.param("0186-30-020", PhoneFault.WRONG_LENGTH, id="a landline, one digit short"),
        pytest.param("0186-30-02033", PhoneFault.WRONG_LENGTH, id="a landline, one digit long"),
        pytest.param("0800-123-456", PhoneFault.WRONG_LENGTH, id="toll free, one digit short"),
        pytest.param("0120-950-1788", PhoneFault.WRONG_LENGTH, id="toll free, one digit long"),
        pytest.param("110", PhoneFault.NO_AREA_CODE, id="an emergency number"),
        pytest.param("+84 91", PhoneFault.WRONG_LENGTH, id="abroad, too short"),
        pytest.param("+81", PhoneFault.WRONG_LENGTH, id="a country code only"),
        pytest.param("0186300203 0901234567", PhoneFault.WRONG_LENGTH, id="two numbers in a row"),
    ],
)
def test_what_is_not_one_number_is_refused_with_a_sentence(text, fault):
    with pytest.raises(PhoneNotUnderstood) as refusal:
        parse_phone(text)
    assert refusal.value.fault is fault
    assert str(refusal.value) == fault.value


def test_a_refusal_does_not_repeat_what_was_typed():
    with pytest.raises(PhoneNotUnderstood) as refusal:
        parse_phone("1234 5678 9018")
    assert "9018" not in str(refusal.value)


@given(prefix=st.sampled_from(["060", "070", "090"]), rest=eight_digits)
def test_every_mobile_shape_is_a_mobile_whatever_blocks_are_assigned(prefix, rest):
    phone = parse_phone(prefix + rest)

    assert (phone.kind, phone.e164) == (PhoneKind.MOBILE, f"+81{prefix[1:]}{rest}")


@given(
    digits=st.from_regex(
        r"0(186[0-9]{6}|[679]0[0-9]{8}|80[1-9][0-9]{7}|50[0-9]{8}|120[0-9]{6})", fullmatch=True
    )
)
def test_what_is_shown_and_what_is_dialled_read_as_the_same_phone(digits):
    phone = parse_phone(digits)

    assert parse_phone(phone.national) == phone
    assert parse_phone(phone.e164) == phone


@given(text=st.text(alphabet="0123456789+-() ０１－ー８+", max_size=20))
def test_any_text_is_either_a_phone_or_refused(text):
    try:
        phone = parse_phone(text)
    except PhoneNotUnderstood as refusal:
        assert refusal.fault in PhoneFault
    else:
        assert phone.e164.startswith("+")
