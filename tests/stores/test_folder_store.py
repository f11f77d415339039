"""What only a store with real files has to promise: whole files, private modes, clear faults."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from stores.contract import LocalStoreContract

from articket.adapters.stores.folder import FolderStore
from articket.domain.faults import StoreFull, StoreRefused, StoreUnwritable

DEADLINE = 20.0

WRITER = """
import sys
from pathlib import Path
from articket.adapters.stores.folder import FolderStore
store = FolderStore(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(100_000):
    store.put(f"out/{number}", bytes([number % 251]) * 3_000_000)
"""

LIMITED_WRITER = """
import resource, signal, sys
from pathlib import Path
from articket.adapters.stores.folder import FolderStore
from articket.domain.faults import StoreFull
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    FolderStore(Path(sys.argv[1])).put("deep/big", b"x" * 100_000)
except StoreFull as full:
    print(full.code)
"""


def without_links(source: Path, target: Path) -> None:
    raise OSError(errno.EPERM, "no hard links here", str(source), None, str(target))


def as_root(*words: str) -> bool:
    sudo = [] if os.geteuid() == 0 else ["env", "sudo", "--non-interactive"]
    return subprocess.run([*sudo, *words], capture_output=True, check=False).returncode == 0


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KB that root may mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not as_root(
        "mount", "-t", "tmpfs", "-o", f"size=256k,mode=700,uid={os.geteuid()}", "tmpfs", str(disk)
    ):
        pytest.skip("mounting a small disk needs root")
    yield disk
    assert as_root("umount", str(disk))


class TestFolderStore(LocalStoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> FolderStore:
        return FolderStore(tmp_path / "store")


class TestFolderStoreWithoutHardLinks(LocalStoreContract):
    """Some network and cloud folders know no hard links."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> FolderStore:
        return FolderStore(tmp_path / "store", link=without_links)


def files_below(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def test_folders_and_files_are_private(tmp_path: Path) -> None:
    root = tmp_path / "store"
    FolderStore(root).put("visits/a/photo.jpg", b"x")
    modes = {each.name: each.stat().st_mode & 0o777 for each in (root, *root.rglob("*"))}
    assert modes == {"store": 0o700, "visits": 0o700, "a": 0o700, "photo.jpg": 0o600}


def test_the_path_leads_to_the_bytes(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put("visits/a/photo.jpg", b"x")
    assert store.path("visits/a/photo.jpg").read_bytes() == b"x"


def test_a_put_leaves_no_temporary_file(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put("a", b"x")
    store.put("a", b"x")
    with pytest.raises(StoreRefused):
        store.put("a", b"y")
    assert files_below(tmp_path) == ["a"]


def test_the_last_file_of_a_folder_takes_the_folder_along(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put("visits/a/photo.jpg", b"x")
    store.delete_tree("visits")
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_a_folder_is_needed_is_a_taken_name(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put("a", b"x")
    store.put("b/c", b"x")
    for name in ("a/b", "a/b/c", "b"):
        with pytest.raises(StoreRefused) as refused:
            store.put(name, b"x")
        assert refused.value.code == "store-name-taken"


def test_leftovers_are_never_listed_and_swept_at_start(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put("deep/er/a", b"x")
    leftover = tmp_path / "deep/er/.put-0123"
    leftover.write_bytes(b"half")
    assert store.list() == ["deep/er/a"]
    FolderStore(tmp_path)
    assert files_below(tmp_path) == ["deep/er/a"]


def test_a_sweep_spares_who_is_writing_right_now(tmp_path: Path) -> None:
    busy = tmp_path / ".put-4567"
    with busy.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        FolderStore(tmp_path)
        assert busy.exists()
    FolderStore(tmp_path)
    assert not busy.exists()


@pytest.mark.parametrize("files_before_the_kill", [1, 2, 5])
def test_a_killed_writer_leaves_whole_files_only(tmp_path: Path, files_before_the_kill: int) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        deadline = time.monotonic() + DEADLINE
        # wait for the beginning of one more file, so that the kill meets a write
        while len(list(tmp_path.glob("out/[0-9]*"))) < files_before_the_kill or not half_written(tmp_path):
            assert time.monotonic() < deadline
        os.kill(writer.pid, signal.SIGKILL)
    finally:
        writer.kill()
        writer.communicate()
    store = FolderStore(tmp_path)
    names = store.list()
    assert len(names) >= files_before_the_kill
    assert files_below(tmp_path) == names
    for name in names:
        assert store.get(name) == bytes([int(name.removeprefix("out/")) % 251]) * 3_000_000


def half_written(folder: Path) -> bool:
    return any(folder.glob("out/.put-*"))


def test_a_full_disk_is_a_full_store_and_nothing_stays(tiny_disk: Path) -> None:
    store = FolderStore(tiny_disk)
    store.put("small", b"x" * 1000)
    with pytest.raises(StoreFull) as full:
        store.put("deep/big", b"x" * 1_000_000)
    assert full.value.code == "store-full"
    assert files_below(tiny_disk) == ["small"]
    assert store.put("deep/fits", b"x" * 1000), "room is used again"


def test_a_file_over_the_process_limit_is_a_full_store(tmp_path: Path) -> None:
    writer = subprocess.run(
        [sys.executable, "-c", LIMITED_WRITER, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert writer.stdout == "store-full\n"
    assert files_below(tmp_path) == []


def test_a_store_below_a_file_is_unwritable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreUnwritable):
        FolderStore(tmp_path / "file" / "store")


def test_a_read_only_disk_is_unwritable_and_still_read(tiny_disk: Path) -> None:
    store = FolderStore(tiny_disk)
    store.put("a", b"x")
    assert as_root("mount", "-o", "remount,ro", str(tiny_disk))
    with pytest.raises(StoreUnwritable) as unwritable:
        store.put("b", b"x")
    assert unwritable.value.code == "store-unwritable"
    with pytest.raises(StoreUnwritable):
        store.delete("a")
    assert store.get("a") == b"x"
    assert store.put("a", b"x") is False


def test_a_store_whose_folder_went_away_is_a_fault_and_never_empty(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    (tmp_path / "store").rmdir()
    for call in (
        store.list,
        lambda: store.get("a"),
        lambda: store.put("b/a", b""),
        lambda: store.put("a", b""),
    ):
        with pytest.raises(StoreUnwritable):
            call()
