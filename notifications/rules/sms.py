"""How many parts an SMS is charged as.

Japanese text is sent as UCS-2. A message of one part holds 70 units of UTF-16; in a longer one each
part gives three units to the header that joins them (3GPP TS 23.040). Texts that would fit the
GSM alphabet are counted the same way: the estimate is then too high, never too low.
"""

SINGLE_PART_UNITS = 70
JOINED_PART_UNITS = 67

_LAST_CHARACTER_OF_ONE_UNIT = 0xFFFF


def utf16_units(text: str) -> int:
    """Length in UTF-16 units: an emoji or a rare kanji counts two."""
    return sum(2 if ord(character) > _LAST_CHARACTER_OF_ONE_UNIT else 1 for character in text)


def sms_parts(text: str) -> int:
    """Parts charged for a text; an empty text still costs one."""
    units = utf16_units(text)
    if units <= SINGLE_PART_UNITS:
        return 1
    return -(-units // JOINED_PART_UNITS)
