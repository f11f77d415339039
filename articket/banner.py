"""What the terminal says when the booth is open."""

import io
from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where monitor, staff and phones go; phones nowhere on a machine without a network."""

    monitor: str
    staff: str
    join: str | None
    others: tuple[str, ...] = ()


def password_note(password: str) -> str:
    """Return what to print in the one start that made the staff password."""
    return f"\n  Staff password  {password}   (shown this once; write it down)\n"


def banner(addresses: Addresses) -> str:
    """Return the lines to print when the booth is open."""
    lines = ["", f"  Monitor   {addresses.monitor}", f"  Staff     {addresses.staff}"]
    if addresses.join:
        lines += [f"  Phones    {addresses.join}", "", _code(addresses.join)]
    else:
        lines.append("  Phones    no network found; join one, or set ARTICKET_PUBLIC_URL")
    if addresses.others:
        lines += ["  This machine is on several networks. Staff can choose another for phones:"]
        lines += [f"    {other}" for other in addresses.others]
    return "\n".join([*lines, ""])


def _code(address: str) -> str:
    code = QRCode(error_correction=ERROR_CORRECT_L, border=2)
    code.add_data(address)
    out = io.StringIO()
    code.print_ascii(out=out, invert=True)
    return out.getvalue()
