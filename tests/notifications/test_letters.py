import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from notifications import letters
from notifications.letters import CannotPrint, letters_pdf, postcards_pdf
from notifications.models import Contact, ContactPoint, Message
from notifications.rules import paper
from notifications.rules.paper import fits_postcard

ON = date(2026, 10, 1)
MILLIMETRE = 72 / 25.4


def letter_to(
    key, language="ja", post="〒018-5201 鹿角市花輪字八正寺13", body="本文です。", **more
):
    """A message as it stands in the outbox; none of it needs the database."""
    return Message(
        pk=key,
        contact=Contact(pk=key, name=more.pop("name", f"宛名{key}"), language=language),
        point=ContactPoint(pk=key, kind="post", value=post),
        channel="letter",
        language=language,
        subject="お知らせ",
        body=body,
        reference=f"r{key}",
        **more,
    )


def pages(pdf):
    return PdfReader(io.BytesIO(pdf)).pages


def text_of(page):
    return "".join(page.extract_text().split())


def placed(page):
    """Each piece of text with its place, in millimetres from the upper left corner."""
    found = []

    def see(text, _page, matrix, _font, _size):
        # The pages are drawn in pixels of 1/96 inch, from above.
        if text.strip():
            found.append((text.strip(), matrix[4] * 25.4 / 96, matrix[5] * 25.4 / 96))

    page.extract_text(visitor_text=see)
    return found


def test_a_letter_has_address_sender_date_and_words():
    (page,) = pages(letters_pdf([letter_to(1)], on=ON))

    text = text_of(page)
    for part in ("〒018-5201", "鹿角市花輪字八正寺13", "宛名1様", "2026年10月1日", "本文です。"):
        assert part in text
    assert [round(float(side) / MILLIMETRE) for side in page.mediabox[2:]] == [210, 297]


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("ja", "2026年10月1日"),
        ("en", "Oct.1,2026"),
        ("vi", "1tháng10năm2026"),
        ("ko", "2026년10월1일"),
        ("zh-hans", "2026年10月1日"),
    ],
)
def test_the_date_is_written_as_the_reader_writes_it(language, day):
    (page,) = pages(letters_pdf([letter_to(1, language)], on=ON))

    assert day in text_of(page)


@pytest.mark.parametrize(
    ("language", "body", "font"),
    [
        ("ja", "直角", "CJK-JP"),
        ("zh-hans", "直角", "CJK-SC"),
        ("ko", "마이넘버카드", "CJK-KR"),
        ("vi", "Chứng thư điện tử", "Noto-Sans"),
    ],
)
def test_each_language_has_letters_of_its_own(language, body, font):
    (page,) = pages(letters_pdf([letter_to(1, language, body=body)], on=ON))

    assert "".join(body.split()) in text_of(page)
    fonts = [str(one.get_object()["/BaseFont"]) for one in page["/Resources"]["/Font"].values()]
    assert any(font in name for name in fonts), fonts


def test_the_window_shows_the_address_and_nothing_else():
    long_address = "〒018-5201 " + "秋田県鹿角市花輪字八正寺" * 4
    (page,) = pages(letters_pdf([letter_to(1, post=long_address)], on=ON))

    seen = {
        text: (across, down)
        for text, across, down in placed(page)
        if across < paper.MAY_BE_SEEN.width and down < paper.MAY_BE_SEEN.height
    }
    block = paper.ADDRESS
    assert "".join(seen).replace(" ", "") == long_address.replace(" ", "") + "宛名1様"
    for across, down in seen.values():
        assert block.left <= across + 0.1
        assert block.top < down <= block.top + block.height


def test_letters_lie_by_language_then_postcode_then_address():
    heap = [
        letter_to(1, "vi", "〒018-0001 鹿角市A"),
        letter_to(2, "ja", "鹿角市B"),
        letter_to(3, "ja", "〒018-0002 鹿角市D"),
        letter_to(4, "ja", "〒018-0002 鹿角市C"),
        letter_to(5, "ja", "〒018-0001 鹿角市E"),
    ]

    order = [
        re.search(r"宛名(\d)様", text_of(page)).group(1) for page in pages(letters_pdf(heap, on=ON))
    ]

    assert order == ["5", "4", "3", "2", "1"]


def test_a_long_letter_goes_on_and_the_next_begins_on_a_page_of_its_own():
    long = letter_to(1, body="長い文章です。\n" * 45)
    next_one = letter_to(2, post="〒999-9999 鹿角市")

    printed = pages(letters_pdf([long, next_one], on=ON))

    assert len(printed) == 3
    assert ["様" in text_of(page) for page in printed] == [True, False, True]


def test_marks_in_a_name_or_a_text_are_only_text():
    (page,) = pages(
        letters_pdf(
            [letter_to(1, name="<b>宛名</b>", body='<img src="http://127.0.0.1:9/x.png"> {{ 7 }}')],
            on=ON,
        )
    )

    assert "<b>宛名</b>様" in text_of(page)
    assert '<imgsrc="http://127.0.0.1:9/x.png">{{7}}' in text_of(page)


def test_nothing_is_fetched_for_a_page():
    with pytest.raises(ValueError, match="fetch nothing"):
        letters._fetch_nothing("http://127.0.0.1:9/x.png")


def test_a_postcard_has_two_sides_of_its_size():
    printed = pages(postcards_pdf([letter_to(1)], on=ON))

    assert len(printed) == 2
    assert "0185201" in text_of(printed[0])
    assert "宛名1様" in text_of(printed[0])
    assert "本文です。" in text_of(printed[1])
    assert "宛名" not in text_of(printed[1])
    assert [round(float(side) / MILLIMETRE) for side in printed[0].mediabox[2:]] == [100, 148]


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("ja", "長い文章です。"),
        ("vi", "thông báo "),
        ("ko", "안내문입니다 "),
        ("zh-hans", "通知内容。"),
    ],
)
def test_whatever_fits_by_count_fits_on_the_card(language, word):
    most = max(count for count in range(1, 200) if fits_postcard("お知らせ", word * count + "終"))

    printed = pages(postcards_pdf([letter_to(1, language, body=word * most + "終")], on=ON))

    assert len(printed) == 2
    assert text_of(printed[1]).endswith("終")
    assert max(down for _, _, down in placed(printed[1])) < paper.POSTCARD_HEIGHT - 5


def test_a_postcard_without_a_postcode_has_empty_frames():
    front, _ = pages(postcards_pdf([letter_to(1, post="鹿角市花輪")], on=ON))

    assert text_of(front).startswith("鹿角市花輪")


def test_without_the_libraries_nothing_is_drawn(monkeypatch):
    monkeypatch.setattr(letters, "LIBRARIES", ("libpango-1.0.so.0", "libnowhere.so.0"))

    assert letters.missing_libraries() == ["libnowhere.so.0"]
    with pytest.raises(CannotPrint):
        letters_pdf([letter_to(1)], on=ON)
