"""District codes are text: 05209001000 begins with a zero that spreadsheets and dbf files lose."""

from collections.abc import Collection


def code_text(value: object) -> str:
    """A cell as text: 5209.0 → "5209", None and not-a-number → "", text without outer blanks."""
    if value is None or value != value:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def with_lost_zero(code: str, *, lengths: Collection[int], city: str = "") -> str:
    """A code that was a number in the file, with its leading zero where that is beyond doubt.

    Either the official lengths say so (`lengths`: digits a code of this layout may have), or,
    where none are known, the code begins with the city's own five digits but for their zero.
    """
    if not code.isdecimal() or code.startswith("0"):
        return code
    if lengths:
        return f"0{code}" if len(code) not in lengths and len(code) + 1 in lengths else code
    own = city[:5]
    return f"0{code}" if own.startswith("0") and code.startswith(own[1:]) else code
