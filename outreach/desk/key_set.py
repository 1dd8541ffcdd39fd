"""Very many keys of one table, remembered in one bit each."""

from collections.abc import Iterable


class KeySet:
    """Keys that have been seen; a million of them take 125 kB, where a set would take 60 MB.

    Keys of a table are counted up from one, so that few bits are wasted.
    """

    def __init__(self, keys: Iterable[int] = ()) -> None:
        self._bits = bytearray()
        for key in keys:
            self.add(key)

    def add(self, key: int) -> bool:
        """Remember a key, and say whether it is new."""
        place, bit = key >> 3, 1 << (key & 7)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits)))
        is_new = not self._bits[place] & bit
        self._bits[place] |= bit
        return is_new

    def __contains__(self, key: int) -> bool:
        place = key >> 3
        return place < len(self._bits) and bool(self._bits[place] & (1 << (key & 7)))
