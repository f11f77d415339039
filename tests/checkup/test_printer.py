"""The way to paper, as the organiser's check finds it."""

from pathlib import Path

from doubles.ipp_printer import free_port, printer

from articket.application.checkup.line import Line, State
from articket.checking.printer import check_printer
from articket.settings import Settings


def looked(setting: str | None) -> Line:
    (line,) = check_printer(Settings(printer=setting))
    assert line.subject == "Printer"
    return line


def test_without_a_printer_staff_print_from_their_page() -> None:
    assert looked(None).state is State.SKIPPED


def test_a_folder_that_takes_a_sheet_is_fine_and_left_as_it_was(tmp_path: Path) -> None:
    assert looked(f"folder:{tmp_path}").state is State.OK
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told_with_what_to_do(tmp_path: Path) -> None:
    line = looked(f"folder:{tmp_path / 'stick'}")
    assert line.state is State.BAD
    assert "ARTICKET_PRINTER" in line.fix
    assert not (tmp_path / "stick").exists()


def test_a_printer_is_asked_how_it_is_and_nothing_is_printed() -> None:
    with printer() as there:
        ready, paper = check_printer(Settings(printer=there.address))
        assert (ready.state, paper.state) == (State.OK, State.OK)
        assert "Booth printer is ready" in ready.found
        assert "jpn_hagaki_100x148mm, on both sides, to its very edge" in paper.found
        assert there.printed() == []


def test_what_a_printer_cannot_do_is_told_before_doors_open() -> None:
    with printer(both_sides=False, sizes=("na_letter_8.5x11in",)) as there:
        trouble, one_sided = check_printer(Settings(printer=there.address))
        assert (trouble.state, one_sided.state) == (State.BAD, State.WARN)
        assert "ARTICKET_PRINT_MEDIA" in trouble.fix
        assert "ARTICKET_TICKET_SIDES" in one_sided.fix


def test_a_printer_that_is_not_there_is_told_with_what_to_do() -> None:
    line = looked(f"ipp://localhost:{free_port()}/ipp/print")
    assert line.state is State.BAD
    assert "switched on" in line.fix
