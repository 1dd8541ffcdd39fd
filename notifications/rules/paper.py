"""Where things stand on paper, in millimetres from the upper left corner.

A4 folded in three lies loosely in the envelope, so the window shows a different part of the page
each time. The address stands where every window shows it, and nothing but the address stands where
any window could show it.
"""

from dataclasses import dataclass
from unicodedata import east_asian_width

# JIS S 5502, 長形3号, as it is addressed: lying.
ENVELOPE_WIDTH, ENVELOPE_HEIGHT = 235, 120
# JIS P 0138, A4 in three.
FOLDED_WIDTH, FOLDED_HEIGHT = 210, 99
FOLDS = (99, 198)
# The usual window of ready-made 長形3号 窓付き envelopes. 日本郵便 asks for 45 × 80 mm at least
# and leaves the place open: measure the envelopes of the house when they are ordered.
WINDOW_LEFT, WINDOW_TOP, WINDOW_WIDTH, WINDOW_HEIGHT = 20, 12, 90, 45

_PLAY_ACROSS, _PLAY_DOWN = ENVELOPE_WIDTH - FOLDED_WIDTH, ENVELOPE_HEIGHT - FOLDED_HEIGHT
_AIR = 1

# 日本郵便 郵便番号・バーコードマニュアル, figure 2 (a JIS specification): seven frames of 5.7 ×
# 8.0 mm, 12 mm from the upper and 8 mm from the right edge, with these gaps between them.
POSTCARD_WIDTH, POSTCARD_HEIGHT = 100, 148
FRAME_WIDTH, FRAME_HEIGHT, FRAME_TOP, FRAME_RIGHT = 5.7, 8.0, 12.0, 8.0
FRAME_GAPS = (1.3, 1.3, 1.9, 1.1, 1.1, 1.1)

# The text side of a postcard: margins of 8 mm and a subject; 12 points, which people of 80 read.
POSTCARD_LINES = 17
POSTCARD_HALVES = 36  # half-width characters in a line, with room for lines that break early

_POINT = 0.3528
_LINE_HEIGHT = 1.25
_ADDRESS_SIZES = (10.5, 10, 9, 8, 7, 6)


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle on the page."""

    left: float
    top: float
    width: float
    height: float


# Seen through the window however the page lies in the envelope.
ADDRESS = Block(
    left=WINDOW_LEFT + _AIR,
    top=WINDOW_TOP + _AIR,
    width=WINDOW_WIDTH - _PLAY_ACROSS - 2 * _AIR,
    height=WINDOW_HEIGHT - _PLAY_DOWN - 2 * _AIR,
)
# Seen through the window in some position: here stands the address and nothing else.
MAY_BE_SEEN = Block(
    left=0, top=0, width=WINDOW_LEFT + WINDOW_WIDTH, height=WINDOW_TOP + WINDOW_HEIGHT
)
# A letter's margins, and how far below the upper one its text begins.
MARGIN_TOP, MARGIN_SIDE = 15, 20
BELOW_THE_WINDOW = MAY_BE_SEEN.height - MARGIN_TOP


def halves(text: str) -> int:
    """The width of a text in half-width characters."""
    return sum(2 if east_asian_width(character) in "FWA" else 1 for character in text)


def lines_needed(text: str, *, line: int) -> int:
    """In how many lines of `line` half-width characters a text is set."""
    return sum(max(1, -(-halves(part) // line)) for part in text.splitlines())


def fits_postcard(subject: str, body: str) -> bool:
    """Whether a message can be read on one side of a postcard."""
    # The subject is set larger.
    needed = 2 * lines_needed(subject, line=POSTCARD_HALVES * 4 // 5)
    return needed + lines_needed(body, line=POSTCARD_HALVES) <= POSTCARD_LINES


def address_size(*parts: str) -> float:
    """The largest type, in points, in which an address fits into its block."""
    for size in _ADDRESS_SIZES:
        line = int(ADDRESS.width / (size * _POINT / 2))
        tall = sum(lines_needed(part, line=line) for part in parts if part)
        if tall * size * _POINT * _LINE_HEIGHT <= ADDRESS.height:
            return size
    return _ADDRESS_SIZES[-1]


def frame_places() -> list[float]:
    """The left edges of the seven frames of a postcode on a postcard."""
    whole = 7 * FRAME_WIDTH + sum(FRAME_GAPS)
    places = [POSTCARD_WIDTH - FRAME_RIGHT - whole]
    for gap in FRAME_GAPS:
        places.append(places[-1] + FRAME_WIDTH + gap)
    return [round(place, 2) for place in places]
