import pytest

from notifications.rules.phones import parse_phone
from outreach.people.actions import records
from outreach.people.actions.known_apart import keep_apart
from outreach.people.actions.records import Home
from outreach.people.resemblance import Description, duplicates_of, resembling
from tests.cast import AKIKO, GRANDSON, HARU
from tests.outreach.people.test_identify import identify

pytestmark = pytest.mark.django_db


@pytest.fixture
def haru(make_person):
    person = make_person(HARU)
    records.settle(person=person, home=Home(address="花輪字湯ヶ沢12"))
    return person


def found(**told):
    return [one.person for one in resembling(Description(**told))]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"kana": "ゆきさわ はる"}, id="reading"),
        pytest.param({"kana": "ハル ユーキザワ"}, id="reading heard otherwise, given name first"),
        pytest.param({"name": "雪澤ハル"}, id="an older kanji"),
        pytest.param({"kana": HARU.kana, "birth_year": 1944}, id="with the year"),
        pytest.param(
            {
                "kana": HARU.kana,
                "birth_year": 1945,
                "oaza": "花輪",
                "koaza": "湯ケ沢",
                "phone": parse_phone(HARU.phone),
            },
            id="a misheard year, all else alike",
        ),
    ],
)
def test_who_is_on_record_is_found(haru, told):
    assert found(**told) == [haru]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"phone": parse_phone(HARU.phone)}, id="a telephone alone"),
        pytest.param({"kana": HARU.kana, "birth_year": 1945}, id="a namesake of another year"),
        pytest.param({"oaza": "花輪", "koaza": "湯ケ沢", "birth_year": 1944}, id="a neighbour"),
    ],
)
def test_who_is_somebody_else_is_not(haru, told):
    assert found(**told) == []


def test_a_protected_address_does_not_give_itself_away(haru):
    told = {
        "kana": HARU.kana,
        "birth_year": 1945,
        "oaza": "花輪",
        "koaza": "湯ケ沢",
        "phone": parse_phone(HARU.phone),
    }
    haru.contact.protected = True
    haru.contact.save()

    assert found(**told) == []


def test_the_likeliest_comes_first(haru):
    namesake = identify(HARU, birth_year=None, phone=None)

    assert found(kana=HARU.kana, birth_year=1944) == [haru, namesake]


def test_who_is_known_to_be_somebody_else_is_not_asked_about_again(haru, staff, now):
    namesake = identify(HARU, birth_year=None, phone=None)
    assert [one.person for one in duplicates_of(haru)] == [namesake]

    assert keep_apart(person=haru, others=[namesake, haru], by=staff("desk"), now=now) == 1
    assert keep_apart(person=namesake, others=[haru], by=staff("desk"), now=now) == 0

    assert duplicates_of(haru) == duplicates_of(namesake) == []


def test_however_many_are_on_record_the_same_queries_answer(haru, django_assert_num_queries):
    for character in (AKIKO, GRANDSON):
        identify(character, name=HARU.name, kana=HARU.kana)

    with django_assert_num_queries(4):
        resembling(Description(name=HARU.name, kana=HARU.kana))
