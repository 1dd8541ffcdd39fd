import pytest

from outreach.people.rules.addresses import Place, place_in, place_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("湯ヶ沢", "湯ケ沢"),
        ("湯が沢", "湯ヶ沢"),
        ("上の山", "上ノ山"),
        ("上之山", "上ノ山"),
        ("下夕舘", "下夕館"),
        ("字荒田", "荒田"),
        ("大字花輪", "花輪"),
        ("小字　荒田", "荒田"),
        ("ﾕｹﾞ", "ユゲ"),
    ],
)
def test_old_and_new_spellings_of_a_place_are_one(one, other):
    assert place_key(one) == place_key(other)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("秋田県鹿角市花輪字荒田4番地1", ("花輪", "荒田")),
        ("〒018-5292 秋田県鹿角市花輪字荒田４番地１", ("花輪", "荒田")),
        ("鹿角市十和田大湯字湯ノ岱16", ("十和田大湯", "湯ノ岱")),
        ("花輪字八正寺13", ("花輪", "八正寺")),
        ("大字八幡平字小豆沢", ("八幡平", "小豆沢")),
        ("秋田県鹿角郡小坂町小坂字上谷地41", ("小坂", "上谷地")),
        ("花輪", ("", "")),
        ("東京都千代田区霞が関2-1-2", ("", "")),
        ("", ("", "")),
    ],
)
def test_oaza_and_koaza_are_read_from_an_address(address, place):
    assert place_in(address) == Place(*place)
