import pytest

from notifications.rules import paper
from notifications.rules.post_addresses import split_address


@pytest.mark.parametrize("across", [0, paper.ENVELOPE_WIDTH - paper.FOLDED_WIDTH])
@pytest.mark.parametrize("down", [0, paper.ENVELOPE_HEIGHT - paper.FOLDED_HEIGHT])
def test_the_address_shows_however_the_page_lies_in_the_envelope(across, down):
    left, top = paper.ADDRESS.left + across, paper.ADDRESS.top + down

    assert left >= paper.WINDOW_LEFT
    assert top >= paper.WINDOW_TOP
    assert left + paper.ADDRESS.width <= paper.WINDOW_LEFT + paper.WINDOW_WIDTH
    assert top + paper.ADDRESS.height <= paper.WINDOW_TOP + paper.WINDOW_HEIGHT


def test_the_text_begins_below_whatever_the_window_can_show():
    begins = paper.MARGIN_TOP + paper.BELOW_THE_WINDOW

    assert begins >= paper.WINDOW_TOP + paper.WINDOW_HEIGHT
    assert begins < paper.FOLDS[0]


def test_the_frames_of_a_postcode_end_where_the_post_says():
    places = paper.frame_places()

    assert len(places) == 7
    assert places[-1] + paper.FRAME_WIDTH == pytest.approx(paper.POSTCARD_WIDTH - 8)
    # The whole is 47.7 mm wide.
    assert places[-1] + paper.FRAME_WIDTH - places[0] == pytest.approx(47.7)


@pytest.mark.parametrize(
    ("address", "size"),
    [("花" * 30, 10.5), ("花" * 60, 8), ("花" * 90, 7)],
    ids=["two lines", "long", "very long"],
)
def test_a_longer_address_is_set_smaller(address, size):
    assert paper.address_size("018-5201", address, "雪沢ハル 様") == size


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        pytest.param("長" * 18 * 15, True, id="fifteen full lines"),
        pytest.param("長" * 18 * 15 + "長", False, id="one letter more"),
        pytest.param("\n".join("短" * 15), True, id="fifteen short lines"),
        pytest.param("\n".join("短" * 16), False, id="sixteen short lines"),
    ],
)
def test_what_fits_on_a_postcard(body, fits):
    assert paper.fits_postcard("お知らせ", body) is fits


@pytest.mark.parametrize(
    ("written", "postcode", "rest"),
    [
        ("〒018-5201 鹿角市花輪字八正寺13", "018-5201", "鹿角市花輪字八正寺13"),
        ("〒0185201　鹿角市花輪", "018-5201", "鹿角市花輪"),
        ("〒０１８－５２０１鹿角市花輪", "018-5201", "鹿角市花輪"),
        ("018-5201 鹿角市花輪", "018-5201", "鹿角市花輪"),
        ("018ー5201 鹿角市花輪", "018-5201", "鹿角市花輪"),
        ("鹿角市花輪字八正寺13", "", "鹿角市花輪字八正寺13"),
        ("1234567番地", "", "1234567番地"),
        ("〒018-5201", "018-5201", ""),
    ],
)
def test_the_postcode_is_read_off_an_address(written, postcode, rest):
    address = split_address(written)

    assert (address.postcode, address.lines) == (postcode, rest)
