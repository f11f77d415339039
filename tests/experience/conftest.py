import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from articket.adapters.experiences import load_experience
from articket.domain.experience import Experience

ROOT = Path(__file__).parents[2]
PAINTERS = ROOT / "experiences" / "painters"
SEASONS = Path(__file__).parent / "packs" / "seasons"


@pytest.fixture(scope="session")
def painters() -> Experience:
    return load_experience(PAINTERS)


@pytest.fixture(scope="session")
def seasons() -> Experience:
    return load_experience(SEASONS)


@pytest.fixture(params=[PAINTERS, SEASONS], ids=["painters", "seasons"])
def pack_folder(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.param
    return folder


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Path]:
    """Return a function that copies a pack to a folder of the same name, free to be broken."""

    def copy(folder: Path) -> Path:
        target = tmp_path / folder.name
        target.mkdir()
        for file in folder.glob("*.toml"):
            shutil.copy(file, target)
        return target

    return copy
