"""The QR code as squares."""

from typing import Final

from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

from articket.domain.faults import TicketFailed

# A phone's camera reads a printed module of this size, in millimetres, and not much less.
SMALLEST_MODULE: Final = 0.33
# Trying all eight masks takes six times as long, and every reader takes any of them.
MASK: Final = 2


def modules(url: str, size: float) -> list[list[bool]]:
    """Return the code's rows (dark is True) for a square of `size` mm; too long a URL raises TicketFailed."""
    for level in (ERROR_CORRECT_M, ERROR_CORRECT_L):
        code = QRCode(error_correction=level, border=0, mask_pattern=MASK)
        code.add_data(url)
        try:
            rows: list[list[bool]] = code.get_matrix()
        except (DataOverflowError, ValueError):
            continue
        if size / len(rows) >= SMALLEST_MODULE:
            return rows
    raise TicketFailed(
        "ticket-qr-too-long", f"The keep page's address has {len(url)} letters: too fine a QR code."
    )


def dark_runs(rows: list[list[bool]]) -> list[tuple[int, int, int]]:
    """Return (row, column, length) of each run of dark modules."""
    runs = []
    for at, row in enumerate(rows):
        start: int | None = None
        for column, dark in enumerate([*row, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                runs.append((at, start, column - start))
                start = None
    return runs
