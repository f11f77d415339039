"""What ran a measurement, and what the measuring process holds."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

PAGE_KB: Final = os.sysconf("SC_PAGE_SIZE") / 1024


def rss_mb() -> float:
    """Return what this process holds in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_KB / 1024


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return by least squares how much the second number grows with the first; 0 for a single point."""
    if len(points) < 2:
        return 0.0
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    rise: float = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return float(rise / sum((x - mean_x) ** 2 for x, _ in points))


def machine() -> dict[str, Any]:
    """Return what ran this, and how busy it was before."""
    cpu = Path("/proc/cpuinfo").read_text("utf-8")
    model = next((line.partition(": ")[2] for line in cpu.splitlines() if "model name" in line), "unknown")
    return {
        "cores": os.cpu_count(),
        "cpu": model,
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }
