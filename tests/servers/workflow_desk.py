"""Workflows as organisers would write them."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parents[2] / "experiences" / "painters" / "workflows"
STYLES = ("picasso", "renoir", "vangogh", "lichtenstein")

Change = Callable[[dict[str, Any], dict[str, Any]], None]


def written(folder: Path, change: Change | None = None, name: str = "portrait") -> Path:
    """Write the house's workflow, changed, as organisers would."""
    graph = json.loads((HOUSE / "portrait.json").read_text())
    roles = tomllib.loads((HOUSE / "portrait.toml").read_text())
    if change:
        change(graph, roles)
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(graph, indent=2))
    lines = [f"{role} = {json.dumps(value)}" for role, value in roles.items()]
    (folder / f"{name}.toml").write_text("\n".join(lines))
    return folder
