"""How many scans a JPEG holds: each may cost a pass over all its pixels, however few bytes it has."""

import re
from typing import Final

_START_OF_SCAN: Final = 0xDA
_END: Final = 0xD9
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_MARKER: Final = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)


def count_scans(data: bytes, limit: int) -> int:
    """Count the scans of the first picture in `data`, stopping above `limit`."""
    scans = 0
    at = 2
    while (found := _MARKER.search(data, at)) is not None and scans <= limit:
        marker = found[1][0]
        at = found.end()
        if marker == _END:
            break
        if marker in _STANDALONE:
            continue
        scans += marker == _START_OF_SCAN
        at += int.from_bytes(data[at : at + 2], "big")
    return scans
