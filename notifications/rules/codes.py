"""Short codes at the end of a text message."""

import secrets

# No vowels, so that no word appears; nothing that looks or sounds like something else.
ALPHABET = "3456789CDFGHJKMNPRTVWXY"
LENGTH = 4
_draw = secrets.SystemRandom().choices


def new_code() -> str:
    """Four letters that tell texts to one number apart; 280,000 values, read out in a breath."""
    return "".join(_draw(ALPHABET, k=LENGTH))


def with_code(text: str, code: str) -> str:
    """A text as it leaves: the code last, where nobody takes it for a word of the sentence."""
    return f"{text} {code}"
