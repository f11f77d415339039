import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from werkzeug.security import check_password_hash

from articket.adapters.secrets import FILE_NAME, Secrets, SecretsUnreadableError, load_or_create

KEY = "k" * 32


def test_the_first_start_makes_secrets_and_tells_the_password_once(tmp_path: Path) -> None:
    first = load_or_create(tmp_path / "data", None, None)
    assert first.printed_password is not None
    assert re.fullmatch(r"[a-km-np-z]{4}(-[a-km-np-z]{4}){2}", first.printed_password)
    assert check_password_hash(first.staff_password_hash, first.printed_password)
    assert len(first.secret_key) == 32
    second = load_or_create(tmp_path / "data", None, None)
    assert second == Secrets(first.secret_key, first.staff_password_hash, None)


def test_the_file_is_its_owners_and_holds_no_password(tmp_path: Path) -> None:
    made = load_or_create(tmp_path, None, None)
    path = tmp_path / FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made.printed_password is not None
    assert made.printed_password not in path.read_text()
    assert "scrypt:" in path.read_text()
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_what_was_set_is_used_and_never_printed(tmp_path: Path) -> None:
    made = load_or_create(tmp_path, KEY, "sunflower")
    assert made.secret_key == KEY.encode()
    assert made.printed_password is None
    assert check_password_hash(made.staff_password_hash, "sunflower")
    assert KEY not in (tmp_path / FILE_NAME).read_text()


def test_a_password_that_was_set_later_replaces_the_lost_one_and_stays(tmp_path: Path) -> None:
    first = load_or_create(tmp_path, None, None)
    second = load_or_create(tmp_path, None, "sunflower")
    assert second.secret_key == first.secret_key
    assert check_password_hash(second.staff_password_hash, "sunflower")
    assert load_or_create(tmp_path, None, "sunflower") == second
    assert load_or_create(tmp_path, None, None) == second


def test_processes_that_start_together_agree_and_print_one_password(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [
            each.result() for each in [pool.submit(load_or_create, tmp_path, None, None) for _ in range(4)]
        ]
    assert len({each.secret_key for each in made}) == 1
    assert len([each for each in made if each.printed_password]) == 1


@pytest.mark.parametrize("content", ["", "{}", '{"secret_key": "xyz", "staff_password_hash": "h"}'])
def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(content)
    with pytest.raises(SecretsUnreadableError, match="Delete it"):
        load_or_create(tmp_path, None, None)
    assert path.read_text() == content


def test_secrets_are_not_shown_when_printed(tmp_path: Path) -> None:
    assert repr(load_or_create(tmp_path, None, None)) == "Secrets()"
