"""What the terminal says when the booth is open."""

import io
from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

QUIET = 4  # modules of white around the code, without which cameras miss it


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where monitor, staff and phones go; phones nowhere on a machine that no phone can reach."""

    monitor: str
    staff: str
    join: str | None
    others: tuple[str, ...] = ()


def password_note(password: str) -> str:
    """Return what to print in the one start that made the staff password."""
    return f"\n  Staff password  {password}   (shown this once; write it down)"


def banner(addresses: Addresses) -> str:
    """Return the lines to print when the booth is open."""
    lines = ["", f"  Monitor   {addresses.monitor}", f"  Staff     {addresses.staff}"]
    if addresses.join:
        # The code in it turns: whoever scans this one an hour later must know why it does not open.
        lines += [f"  Phones    {addresses.join}   (for a minute; the monitor shows the code that holds)"]
        lines += ["", _code(addresses.join)]
    else:
        lines.append("  Phones    cannot come in yet: join a network, or set ARTICKET_PUBLIC_URL")
    if addresses.others:
        lines += [
            "  This machine is on several networks. Staff can choose another for phones, or ARTICKET_NETWORK:"
        ]
        lines += [f"    {other}" for other in addresses.others]
        lines.append("")
    lines.append("  Ctrl+C ends it; visits and tickets are kept.")
    return "\n".join([*lines, ""])


def _code(address: str) -> str:
    code = QRCode(error_correction=ERROR_CORRECT_L, border=QUIET)
    code.add_data(address)
    out = io.StringIO()
    code.print_ascii(out=out, invert=True)
    return out.getvalue()
