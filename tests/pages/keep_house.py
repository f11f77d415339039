"""A booth whose visitors have everything: the real application behind a port, real paintings on its disk."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from doubles.web import BOOTH, BoothSet, Browser, Phone, TwoNetworks, open_booth
from pages.pictures import painted
from tickets.samples import FONTS, TEMPLATES
from werkzeug.serving import make_server

from articket.adapters.ticket_pdf.pdf_tickets import PdfTickets
from articket.adapters.ticket_pdf.story import StoryPictures
from articket.application import files
from articket.domain import commands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

NAMES = {"ko": "하린", "en": "Maximilianus"}


@runtime_checkable
class Closing(Protocol):
    """What wants to be closed."""

    def close(self) -> None: ...


@dataclass(slots=True)
class KeepHouse:
    """The booth, its port and its guests."""

    booth: BoothSet
    port: int = 0

    def guest(self, locale: str, name: str = "") -> Phone:
        """A visitor who has walked all the way, and whose ticket the desk has."""
        phone = Phone(self.booth, Browser(self.booth.app))
        phone.join(locale)
        phone.prepare(name or NAMES[locale])
        phone.confirm()
        self.booth.describe(phone.id)
        phone.answer_all()
        self._paint(phone)
        self.booth.elapse()
        self.booth.elapse()
        self._compose(phone)
        return phone

    def address(self, phone: Phone) -> str:
        """Where the ticket's code leads to."""
        return f"http://booth.test:{self.port}/t/{self.booth.floor.seals.keep(phone.id)}"

    def _paint(self, phone: Phone) -> None:
        visit = phone.visit
        for easel in visit.easels:
            self.booth.floor.apply(BOOTH, commands.StartPainting(1, easel.style, "laptop"), visit.id)
            for size in files.SIZES:
                name = files.painting(visit.id, 1, easel.style, size)
                self.booth.parts.store.put(name, painted(f"{size}-{easel.style}").read_bytes())
            self.booth.floor.apply(BOOTH, commands.FinishPainting(1, easel.style, "laptop", 4.2), visit.id)

    def _compose(self, phone: Phone) -> None:
        visit, file = phone.visit, files.ticket(phone.visit)
        self.booth.parts.store.put(file, b"%PDF-1.7 a ticket")
        ready = commands.StoreTicket(visit.ticket.edition, 300.0, file)
        self.booth.floor.apply(BOOTH, ready, visit.id)


def whole(app: WSGIApplication, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer at one go: where a browser hangs up, Werkzeug's server may leave a file open."""
    parts = app(environ, start_response)
    try:
        return [b"".join(parts)]
    finally:
        if isinstance(parts, Closing):
            parts.close()


def open_house(folder: Path) -> tuple[KeepHouse, Callable[[], None]]:
    """Serve a booth on a free loopback port until the returned function is called."""
    reach = TwoNetworks()
    pictures = StoryPictures(PdfTickets(TEMPLATES, FONTS, "two"), TEMPLATES)
    booth = open_booth(folder, reach=reach, pictures=pictures)
    server = make_server("127.0.0.1", 0, partial(whole, booth.app), threaded=True)
    reach.public = f"http://booth.test:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join(5)
        server.server_close()
        booth.parts.live.close()

    return KeepHouse(booth, server.server_port), stop
