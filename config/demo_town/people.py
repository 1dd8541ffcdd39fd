"""Invented residents: the cast by name, the others drawn from lists, always the same ones."""

from collections.abc import Iterator
from random import Random

from notifications.rules.phones import parse_phone
from outreach.people.actions import people
from outreach.people.models import Person
from outreach.places.models import District

# Name, reading, birth year, district, telephone, e-mail, language.
CAST = (
    ("雪沢 ハル", "ユキサワ ハル", 1944, "oyu", "0186-00-0111", "", "ja"),
    ("TRAN THI LINH", "", 2002, "hanawa", "090-0000-0012", "", "vi"),
    ("山瀬 明子", "ヤマセ アキコ", 1970, "towada", "090-0000-0013", "akiko@example.com", "ja"),
    ("山瀬 蓮", "ヤマセ レン", 2009, "towada", "090-0000-0013", "", "ja"),
    ("LI NA", "", 1988, "hanawa", "090-0000-0015", "", "zh-hans"),
    ("SARI DEWI", "", 2000, "hachimantai", "090-0000-0016", "sari@example.com", "id"),
    ("MARIA SANTOS", "", 1985, "osarizawa", "090-0000-0017", "", "tl"),
    ("KIM MINJUN", "", 1979, "hanawa", "090-0000-0018", "minjun@example.com", "ko"),
    ("JOHN HARPER", "", 1991, "towada", "090-0000-0019", "", "en"),
    ("ALEX SILVA", "", 1996, "hanawa", "090-0000-0020", "", "ja-easy"),
)
FAMILY_NAMES = (
    ("成田", "ナリタ"), ("阿部", "アベ"), ("佐藤", "サトウ"), ("工藤", "クドウ"),
    ("奈良", "ナラ"), ("児玉", "コダマ"), ("黒沢", "クロサワ"), ("浅石", "アサイシ"),
    ("木村", "キムラ"), ("関", "セキ"),
)  # fmt: skip
GIVEN_NAMES = (
    ("キヨ", "キヨ"), ("トミ", "トミ"), ("正一", "ショウイチ"), ("和子", "カズコ"),
    ("勇", "イサム"), ("ミツ", "ミツ"), ("清", "キヨシ"), ("節子", "セツコ"),
    ("昭", "アキラ"), ("幸子", "サチコ"),
)  # fmt: skip
OTHERS = 50


def move_in(*, scale: int) -> Iterator[Person]:
    """The cast, then `OTHERS` × scale elderly residents, most with a landline alone."""
    districts = {district.code: district for district in District.objects.to_choose_from()}
    for name, kana, born, district, phone, email, language in CAST:
        yield people.identify(
            name=name,
            kana=kana,
            birth_year=born,
            district=districts[district],
            phone=parse_phone(phone),
            email=email,
            language=language,
        )
    chance = Random(9)  # noqa: S311  (the same town every time)
    for number in range(OTHERS * scale):
        family, family_kana = chance.choice(FAMILY_NAMES)
        given, given_kana = chance.choice(GIVEN_NAMES)
        mobile = chance.random() < 0.4
        yield people.identify(
            name=f"{family} {given}",
            kana=f"{family_kana} {given_kana}",
            birth_year=chance.randint(1934, 1958),
            district=chance.choice(list(districts.values())),
            phone=parse_phone(f"090-0001-{number:04d}" if mobile else f"0186-01-{number:04d}"),
            post="" if mobile else f"鹿角市（見本）{number + 1}番地",
            language="ja",
        )
