import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = ("requirements.txt", "requirements-test.txt", "requirements-caption.txt")


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    found: dict[str, str] = {}
    for line in lines:
        pin = line.partition("#")[0].partition(";")[0].strip()
        if pin:
            assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*==[0-9][\w.]*", pin), f"{name}: {pin}"
            package, _, version = pin.partition("==")
            found[package] = f"{found[package]} {version}" if package in found else version
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_pinned_and_no_host_is_named(name: str) -> None:
    assert pins(name)
    assert "://" not in (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", FILES[1:])
def test_the_same_package_has_the_same_version_everywhere(name: str) -> None:
    runtime, other = pins("requirements.txt"), pins(name)
    assert {p: other[p] for p in other if p in runtime} == {p: runtime[p] for p in other if p in runtime}


def test_opencv_still_brings_the_cascades() -> None:
    assert pins("requirements.txt")["opencv-python-headless"].startswith("4.")


def test_what_is_asked_for_directly_is_pinned() -> None:
    for source, target in (("runtime.in", FILES[0]), ("test.in", FILES[1]), ("caption.in", FILES[2])):
        for line in (ROOT / "setup" / source).read_text("utf-8").splitlines():
            if line and line[0] not in "#-":
                package = re.split(r"[\[<>=; ]", line)[0].replace("_", "-")
                assert package in pins(target)
