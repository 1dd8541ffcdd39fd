"""References that can be read out over the telephone."""

import secrets

# No vowels, so that no word appears; none of 0/O/D/Q, 1/I/L, 2/Z, 5/S, 8/B, U/V together.
ALPHABET = "3456789CDFGHJKMNPRTVWXY"
RANDOM_LENGTH = 6
LONGEST = 12


def new_reference(prefix: str) -> str:
    """A reference such as C-7K3M9R: the prefix says what it is about, the rest cannot be guessed.

    At most twelve characters. Whoever stores it has a unique column: 148 million values make a
    clash rare, not impossible. Raises ValueError for a prefix too long to leave room.
    """
    if not prefix or len(prefix) + 1 + RANDOM_LENGTH > LONGEST:
        raise ValueError(f"A prefix has 1 to {LONGEST - RANDOM_LENGTH - 1} characters.")
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
