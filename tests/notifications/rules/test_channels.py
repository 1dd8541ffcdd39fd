import pytest

from notifications.rules.channels import Address, Way, first_way

MOBILE = Address(1, "phone", "+819000000012")
LANDLINE = Address(2, "phone", "+81186000111")
EMAIL = Address(3, "email", "akiko@example.com")
POST = Address(4, "post", "鹿角市花輪字荒田4番地1")
ABROAD = Address(5, "phone", "+84912345678")
OTHER_MOBILE = Address(6, "phone", "+819000000013")


@pytest.mark.parametrize(
    ("addresses", "way"),
    [
        pytest.param([MOBILE, LANDLINE, EMAIL, POST], Way("sms", 1), id="everything: SMS"),
        pytest.param([LANDLINE, EMAIL, POST], Way("email", 3), id="no mobile: e-mail"),
        pytest.param([LANDLINE, POST], Way("call", 2), id="a landline: somebody calls"),
        pytest.param([POST], Way("letter", 4), id="only an address: a letter"),
        pytest.param([ABROAD], Way("call", 5), id="a number abroad gets no SMS"),
        pytest.param([OTHER_MOBILE, MOBILE], Way("sms", 6), id="the mobile told last"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_the_house_order_takes_the_first_way_that_works(addresses, way):
    assert first_way(addresses) == way


@pytest.mark.parametrize(
    ("order", "way"),
    [
        pytest.param(["letter"], Way("letter", 4), id="a letter before all"),
        pytest.param(["call"], Way("call", 2), id="a call goes to the home first"),
        pytest.param(["fax", "email"], Way("email", 3), id="a channel nobody knows is passed over"),
    ],
)
def test_the_persons_own_order_comes_before_the_house_order(order, way):
    assert first_way([MOBILE, LANDLINE, EMAIL, POST], order=order) == way


def test_a_preferred_channel_without_an_address_falls_back_to_the_others():
    assert first_way([MOBILE], order=["letter", "email"]) == Way("sms", 1)


def test_who_prefers_calls_and_has_only_a_mobile_is_called_there():
    assert first_way([MOBILE], order=["call"]) == Way("call", 1)


def test_a_protected_person_never_gets_a_letter():
    assert first_way([POST], order=["letter"], protected=True) is None
    assert first_way([POST, LANDLINE], order=["letter"], protected=True) == Way("call", 2)
