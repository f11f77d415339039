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


def banner(addresses: Addresses, password: str | None) -> str:
    """Return the lines to print; the staff password only in the one start that made it."""
    lines = ["", f"  Monitor   {addresses.monitor}", f"  Staff     {addresses.staff}"]
    if password:
        lines.append(f"  Password  {password}   (shown this once; write it down)")
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
