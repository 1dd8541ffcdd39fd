"""What a team must bring to a visit, from what was asked and the language it is held in.

A working guess of the house: whoever applies for a card is photographed at home (顔写真), a card
or certificate that is there already is set up on the tablet.
"""

FACE_PHOTO = "face_photo"
TABLET = "tablet"
LANGUAGE = "language:"
EVERYBODY_SPEAKS = frozenset({"ja", "ja-easy"})
BY_TOPIC = {
    "first_card": frozenset({FACE_PHOTO}),
    "card_renewal": frozenset({FACE_PHOTO}),
    "replacement": frozenset({FACE_PHOTO}),
    "certificate_renewal": frozenset({TABLET}),
    "collection": frozenset({TABLET}),
    "unsure": frozenset(),
}


def needs_of_visit(*, topic: str, language: str) -> frozenset[str]:
    """The skills a visit needs, as names that screens put into words."""
    needs = BY_TOPIC[topic]
    return needs if language in EVERYBODY_SPEAKS else needs | {LANGUAGE + language}
