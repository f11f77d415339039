import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "static/vendor"
FONTS = ROOT / "ticket_templates/fonts"


@pytest.fixture(scope="module")
def vendor() -> ModuleType:
    spec = importlib.util.spec_from_file_location("articket_vendor", ROOT / "setup/vendor.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def fill(packages: Path, names: tuple[str, ...]) -> None:
    for name in names:
        path = packages / "kit" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"content of {name}")


def test_only_picked_files_leave_the_package(vendor: ModuleType, tmp_path: Path) -> None:
    fill(tmp_path / "packages", ("a.js", "a.ts", "deep/b.js", "font.ttf", "LICENSE"))
    picks = (
        vendor.Pick("kit", "*.js", "kit/"),
        vendor.Pick("kit", "deep/*.js", "kit/deep/"),
        vendor.Pick("kit", "font.ttf", "Renamed.ttf"),
    )
    vendor.copy_picks(tmp_path / "packages", picks, tmp_path / "out")
    found = {str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert found == {"kit/a.js", "kit/deep/b.js", "Renamed.ttf"}


def test_a_pick_that_finds_nothing_is_told_at_set_up(vendor: ModuleType, tmp_path: Path) -> None:
    fill(tmp_path, ("a.js",))
    with pytest.raises(vendor.SetupError, match=r"kit has no \*\.css any more"):
        vendor.copy_picks(tmp_path, (vendor.Pick("kit", "*.css", "kit/"),), tmp_path / "out")


def test_style_sheets_lose_the_fallback_that_is_not_copied(vendor: ModuleType, tmp_path: Path) -> None:
    fill(tmp_path, ("a.css",))
    (tmp_path / "kit/a.css").write_text(
        "src: url(./f/x.woff2) format('woff2'), url(./f/x.woff) format('woff');"
    )
    vendor.copy_picks(tmp_path, (vendor.Pick("kit", "a.css", "kit/"),), tmp_path / "out")
    assert (tmp_path / "out/kit/a.css").read_text() == "src: url(./f/x.woff2) format('woff2');"


def test_a_folder_is_replaced_whole(vendor: ModuleType, tmp_path: Path) -> None:
    old, fresh = tmp_path / "vendor", tmp_path / "fresh"
    old.mkdir()
    (old / "gone.js").touch()
    fresh.mkdir(mode=0o700)
    (fresh / "new.js").touch()
    vendor.replace_folder(fresh, old)
    assert [p.name for p in old.iterdir()] == ["new.js"]
    assert old.stat().st_mode & 0o055 == 0o055


def test_what_was_brought_is_current_until_the_lock_file_changes(vendor: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "package-lock.json").write_text("{}")
    assert not vendor.is_current(tmp_path)
    for folder, _ in vendor.FOLDERS:
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / vendor.STAMP).write_text(vendor.fingerprint(tmp_path))
    assert vendor.is_current(tmp_path)
    (tmp_path / "package-lock.json").write_text("{ }")
    assert not vendor.is_current(tmp_path)


def test_this_checkout_is_set_up(vendor: ModuleType) -> None:
    assert vendor.is_current(ROOT)


def test_every_import_inside_the_brought_modules_leads_to_a_file() -> None:
    modules = sorted(VENDOR.rglob("*.js"))
    assert VENDOR / "lit-html/lit-html.js" in modules
    assert VENDOR / "lit-html/directives/repeat.js" in modules
    assert VENDOR / "socket.io-client/socket.io.esm.min.js" in modules
    for module in modules:
        for target in re.findall(r"""(?:from|import)\s*["']([^"']+)["']""", module.read_text("utf-8")):
            assert target.startswith("."), f"{module.name} needs {target} in the import map"
            assert (module.parent / target).is_file(), f"{module.name} imports {target}"


def test_every_address_inside_the_brought_style_sheets_leads_to_a_file() -> None:
    sheets = sorted(VENDOR.rglob("*.css"))
    assert [p.name for p in sheets] == ["400.css", "700.css", "pretendardvariable-dynamic-subset.css"]
    for sheet in sheets:
        addresses = re.findall(r"url\(([^)]+)\)", sheet.read_text("utf-8"))
        assert len(addresses) > 90
        for address in addresses:
            assert (sheet.parent / address.strip("'\"")).is_file()


def test_ticket_fonts_are_truetype_and_come_with_their_licences() -> None:
    for name in ("GowunBatang-Regular", "GowunBatang-Bold", "Pretendard-Medium", "Pretendard-Black"):
        assert (FONTS / f"{name}.ttf").read_bytes()[:4] == b"\x00\x01\x00\x00"
    for licence in (FONTS / "GowunBatang-OFL.txt", FONTS / "Pretendard-OFL.txt"):
        assert "SIL Open Font License" in licence.read_text("utf-8")


def test_the_lock_file_names_no_host() -> None:
    text = (ROOT / "package-lock.json").read_text("utf-8")
    assert "://" not in text
    pinned = [entry for name, entry in json.loads(text)["packages"].items() if name]
    assert all(entry["integrity"].startswith("sha512-") for entry in pinned)
