"""Data folder, secrets, database, store, port and networks, as the organiser's check finds them."""

import os
import socket
from pathlib import Path

import pytest

from articket.adapters.database.engine import Database
from articket.adapters.database.inspection import fleet_in
from articket.adapters.database.roster import SqlRoster
from articket.adapters.database.visits import SqlVisits
from articket.adapters.secrets import FILE_NAME, load_or_create
from articket.adapters.servers.servers import HttpImageServers
from articket.adapters.stores.folder import FolderStore
from articket.adapters.tenancy import is_taken, move_in
from articket.application.checkup.line import Line, State
from articket.application.checkup.storage import check_store
from articket.application.seals import Seals
from articket.checking.machine import check_networks, check_port, room
from articket.checking.rooms import check_data_folder, check_database, check_hosting, check_secrets, house_of
from articket.checking.wiring import candidates
from articket.domain.fleet.fleet import Fleet
from articket.domain.fleet.server import Address, Kind, Mode, Server
from articket.settings import Settings


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    lines = [
        *check_data_folder(settings.data_dir),
        *check_secrets(settings.data_dir),
        *check_database(settings),
    ]
    assert [line.state for line in lines] == [State.OK] * 3
    assert all("first start" in line.found for line in lines)
    assert fleet_in(settings.database) == Fleet()
    assert names_in(tmp_path) == []


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (line,) = check_data_folder(tmp_path / "file" / "data")
    assert line.state is State.BAD
    assert "ARTICKET_DATA_DIR" in line.fix


def test_a_running_booth_is_seen_and_not_disturbed(tmp_path: Path) -> None:
    assert not is_taken(tmp_path)
    held = move_in(tmp_path)
    assert is_taken(tmp_path)
    (line,) = check_data_folder(tmp_path)
    assert line.state is State.OK
    assert "booth that runs now" in line.found
    os.close(held)
    assert not is_taken(tmp_path)
    os.close(move_in(tmp_path))  # looking left nothing in the way
    (line,) = check_data_folder(tmp_path)
    assert "no booth runs" in line.found


def test_secrets_that_others_may_read_are_in_the_way(tmp_path: Path) -> None:
    load_or_create(tmp_path, None, None)
    assert [line.state for line in check_secrets(tmp_path)] == [State.OK]
    (tmp_path / FILE_NAME).chmod(0o640)
    (line,) = check_secrets(tmp_path)
    assert line.state is State.BAD
    assert line.fix == f"chmod 600 {tmp_path / FILE_NAME}"


def test_damaged_secrets_are_in_the_way(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{")
    (line,) = check_secrets(tmp_path)
    assert line.state is State.BAD
    assert "Delete" in line.fix
    assert house_of(Settings(data_dir=tmp_path)) is None


def test_the_house_is_what_the_booth_itself_will_say(tmp_path: Path) -> None:
    assert house_of(Settings(data_dir=tmp_path)) is None
    made = load_or_create(tmp_path, None, None)
    assert house_of(Settings(data_dir=tmp_path)) == Seals(made.secret_key).house()
    own = "k" * 32
    assert house_of(Settings(data_dir=tmp_path, secret_key=own)) == Seals(own.encode()).house()


def test_a_database_tells_its_size_and_is_left_as_it_was(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    database = Database(settings.database)
    SqlVisits(database)
    database.close()
    (line,) = check_database(settings)
    assert line.state is State.OK
    assert "0 visits, 0." in line.found


def test_a_database_is_looked_at_while_the_booth_uses_it(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    database = Database(settings.database)
    visits = SqlVisits(database)
    with database.reading():
        assert [line.state for line in check_database(settings)] == [State.OK]
    visits.choose("network", "192.0.2.1")
    assert visits.choice("network") == "192.0.2.1"
    database.close()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "articket.db").write_text("This is no database, and long enough to be read as one. " * 50)
    (line,) = check_database(Settings(data_dir=tmp_path))
    assert line.state is State.BAD
    assert "articket.db" in line.found


def test_a_database_server_that_is_away_is_told_without_its_password(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"postgresql+psycopg://booth:sunflower@127.0.0.1:{closed.getsockname()[1]}/booth"
        (line,) = check_database(Settings(data_dir=tmp_path, database_url=url))
    assert line.state is State.BAD
    assert "ARTICKET_DATABASE_URL" in line.fix
    assert "sunflower" not in repr(line)


def test_a_store_is_tried_with_a_file_that_does_not_stay(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put("visits/one.txt", b"kept")
    before = names_in(tmp_path)
    assert [line.state for line in check_store(store, "probe")] == [State.OK]
    assert names_in(tmp_path) == before


def test_a_store_whose_disk_is_gone_is_told(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "store")
    (tmp_path / "store").rmdir()
    (tmp_path / "store").write_text("")
    (line,) = check_store(store, "probe")
    assert line.state is State.BAD
    assert line.fix


class Forgetful(FolderStore):
    """A store that takes what it is given and gives back something else."""

    def get(self, name: str) -> bytes:
        return super().get(name)[:-1]


def test_a_store_that_gives_back_something_else_is_told(tmp_path: Path) -> None:
    (line,) = check_store(Forgetful(tmp_path), "probe")
    assert line.state is State.BAD
    assert names_in(tmp_path) == []


def test_a_passing_disk_that_was_accepted_is_still_a_warning() -> None:
    assert [line.state for line in check_hosting(Settings(ephemeral_disk_ok=True))] == [State.WARN]
    assert list(check_hosting(Settings())) == []


@pytest.mark.parametrize(("gib", "state"), [(0.4, State.BAD), (4.9, State.WARN), (5.1, State.OK)])
def test_little_room_is_a_warning_and_next_to_none_is_in_the_way(gib: float, state: State) -> None:
    assert room(gib).state is state


def test_a_port_is_free_or_taken_or_the_running_booths_own() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        (taken,) = check_port("127.0.0.1", port, running=False)
        (own,) = check_port("127.0.0.1", port, running=True)
    (free,) = check_port("127.0.0.1", port, running=False)
    assert [taken.state, own.state, free.state] == [State.BAD, State.OK, State.OK]
    assert "ARTICKET_PORT" in taken.fix


def told(host: str, wanted: str | None = None) -> Line:
    (line,) = check_networks(host, 8000, wanted)
    return line


def test_phones_are_told_where_to_come() -> None:
    assert told("127.0.0.1").state is State.WARN
    assert "http://192.0.2.5:8000" in told("192.0.2.5").found
    everywhere = told("")
    assert everywhere.state in {State.OK, State.WARN}  # a machine without a network has none to offer
    assert ("http://" in everywhere.found) == (everywhere.state is State.OK)


def server(name: str, url: str, mode: Mode = Mode.ON, kind: Kind = Kind.A1111) -> Server:
    return Server(id=name, address=Address(url, kind), name=name, mode=mode)


def test_servers_of_the_fleet_and_of_the_settings_are_each_looked_at_once(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        sd_endpoints=("192.0.2.1:7860/docs", "http://192.0.2.2:7860", "no address"),
        comfyui_endpoints=("http://192.0.2.3:8188", "http://192.0.2.4:7860"),
    )
    database = Database(settings.database)
    with SqlRoster(database).transaction() as page:
        page.save(
            Fleet(
                servers=(
                    server("left", "http://192.0.2.1:7860"),
                    server("off", "http://192.0.2.4:7860", Mode.OFF),
                    server("laptop", "", kind=Kind.LAPTOP),
                )
            )
        )
    database.close()
    found = candidates(settings, fleet_in(settings.database), HttpImageServers())
    assert [(each.subject, each.where) for each in found] == [
        ("left", Address("http://192.0.2.1:7860", Kind.A1111)),
        ("Server 2", "http://192.0.2.2:7860"),
        ("Server 3", "no address"),
        ("Server 4", "http://192.0.2.3:8188"),
    ]
