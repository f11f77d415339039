import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from painters.pictures import jpeg_of, portrait

from articket.adapters.painters.pool import PaintPool, PoolClosedError
from articket.adapters.painters.studio_work import PaintOrder

SMALL = (212, 308)
HERE = Path(__file__).parent


def until(true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        os.sched_yield()
    return True


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_order_may_name_a_path(pool: PaintPool, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg_of(portrait()))
    by_path = pool.paint(PaintOrder(path, "plain", 1, size=SMALL))
    by_bytes = pool.paint(PaintOrder(path.read_bytes(), "plain", 1, size=SMALL))
    assert by_path.print == by_bytes.print


def test_progress_only_rises_and_ends_at_one(pool: PaintPool) -> None:
    told: list[float] = []
    pool.paint(PaintOrder(jpeg_of(portrait()), "renoir", 1), told.append)
    assert told[-1] == 1.0
    assert told == sorted(told)


def test_unknown_recipe_is_refused(pool: PaintPool) -> None:
    with pytest.raises(ValueError, match="There is no recipe 'monet'"):
        pool.paint(PaintOrder(b"", "monet", 1))


def test_what_is_no_picture_is_refused(pool: PaintPool) -> None:
    with pytest.raises(ValueError, match="cannot be read as a picture"):
        pool.paint(PaintOrder(b"no picture", "plain", 1))


def test_order_outlives_a_killed_child() -> None:
    pool = PaintPool(processes=1)
    try:
        pool.warm()
        (killed,) = pool.pids()
        os.kill(killed, signal.SIGKILL)
        painted = pool.paint(PaintOrder(jpeg_of(portrait()), "plain", 1, size=SMALL))
        assert painted.recipe == "plain"
        assert killed not in pool.pids()
    finally:
        pool.close()


def test_closed_pool_takes_no_order() -> None:
    pool = PaintPool(processes=1)
    pool.close()
    with pytest.raises(PoolClosedError):
        pool.paint(PaintOrder(b"", "plain", 1))


def test_children_end_with_a_killed_parent() -> None:
    code = (
        "import sys\n"
        "from articket.adapters.painters.pool import PaintPool\n"
        "if __name__ == '__main__':\n"
        "    pool = PaintPool(processes=2)\n"
        "    pool.warm()\n"
        "    print(*pool.pids(), flush=True)\n"
        "    sys.stdin.read()\n"
    )
    parent = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
        [sys.executable, "-c", code],
        cwd=HERE.parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdin is not None
    assert parent.stdout is not None
    try:
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(children) == 2
        assert all(alive(pid) for pid in children)
        parent.kill()
        parent.wait(timeout=10)
        assert until(lambda: not any(alive(pid) for pid in children), seconds=20)
    finally:
        parent.kill()
        parent.wait(timeout=10)
        parent.stdin.close()
        parent.stdout.close()
