"""Which tickets are to go up to the cloud folder and which were, kept with the visits they belong to."""

from typing import Any, Final

from sqlalchemy import Connection, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from articket.adapters.database.engine import Database
from articket.adapters.database.schema import uploads
from articket.application import files
from articket.application.uploading import (
    KEPT_AGAIN_S,
    LOOK_AGAIN_S,
    PARKED_CODES,
    REFUSED,
    Backlog,
    Left,
    Parked,
    Upload,
)
from articket.domain.visit import TicketStatus, Visit

WAITING: Final = "waiting"
BEGUN: Final = "begun"  # it may be up there, or not
DONE: Final = "done"
LEAVING: Final = "leaving"
KEPT: Final = "kept"  # it is to go, and was refused
GONE: Final = "gone"  # it went; somebody looks again whether it stays away
STILL_GONE: Final = "still-gone"
AWAY: Final = (GONE, STILL_GONE)
TO_GO: Final = (LEAVING, KEPT)
OPEN: Final = (WAITING, BEGUN)
AT_THE_DESK: Final = (TicketStatus.READY, TicketStatus.PRINTED)


def follow(connection: Connection, visit: Visit) -> None:
    """Let a visit's ticket go up once it is ready; what it replaces, and an erased visit's, is taken away."""
    is_ready = visit.ticket.status in AT_THE_DESK and visit.ticket.file is not None
    if not is_ready and visit.receipt is None:
        return
    others = uploads.c.visit == visit.id
    if is_ready:
        _expect(connection, visit)
        others &= uploads.c.file != visit.ticket.file
    never_up = uploads.c.state.in_((WAITING, Parked.REFUSED.value))
    connection.execute(delete(uploads).where(others & never_up))
    still = uploads.c.state.not_in((*TO_GO, *AWAY))
    connection.execute(update(uploads).where(others & still).values(state=LEAVING))


def _expect(connection: Connection, visit: Visit) -> None:
    put = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    since = visit.ticket.ready_at or visit.joined_at
    row = {"visit": visit.id, "file": visit.ticket.file, "name": files.uploaded(visit), "since": since}
    connection.execute(put(uploads).values(row | {"state": WAITING}).on_conflict_do_nothing())


def left_of(visit: str, state: str, since: float) -> Left:
    """Return what a row says of a ticket that was to go."""
    return Left(visit, since if state in AWAY else None, refused=state == KEPT)


class SqlUploads:
    """The queue of a relational database."""

    def __init__(self, database: Database) -> None:
        """Use this database, whose tables the visits make."""
        self._database = database

    def next(self, now: float, last_look_s: float) -> Upload | None:
        """Return what comes first: what is to go or to be looked at once more, then the oldest ticket."""
        row = uploads.c.file, uploads.c.name, uploads.c.state
        waited = uploads.c.since
        due = or_(
            uploads.c.state == LEAVING,
            (uploads.c.state == KEPT) & (waited <= now - KEPT_AGAIN_S),
            (uploads.c.state == GONE) & (waited <= now - LOOK_AGAIN_S),
            (uploads.c.state == STILL_GONE) & (waited <= now - last_look_s),
        )
        is_wanted = uploads.c.state.in_(OPEN)
        some = select(*row).where(due | is_wanted).order_by(is_wanted, uploads.c.seq).limit(1)
        with self._database.reading() as connection:
            found = connection.execute(some).first()
        return Upload(found.file, found.name, found.state not in OPEN) if found else None

    def begin(self, upload: Upload) -> bool:
        """Note that the ticket may be up there from now on; False where it is not wanted any more."""
        return self._change(upload, BEGUN)

    def done(self, upload: Upload) -> None:
        """Note that the ticket is up."""
        self._change(upload, DONE)

    def park(self, upload: Upload, why: Parked) -> None:
        """Note that the ticket does not go up; the others go on."""
        self._change(upload, why.value)

    def removed(self, upload: Upload, now: float, *, was_there: bool) -> None:
        """Note that it was taken away; what stays away is forgotten after the last look."""
        this = uploads.c.file == upload.file
        again = update(uploads).where(this & uploads.c.state.in_((*TO_GO, *AWAY) if was_there else TO_GO))
        once = update(uploads).where(this & (uploads.c.state == GONE)).values(state=STILL_GONE)
        with self._database.writing() as connection:
            if not was_there:
                connection.execute(delete(uploads).where(this & (uploads.c.state == STILL_GONE)))
                connection.execute(once)
            connection.execute(again.values(state=GONE, since=now))

    def kept(self, upload: Upload, now: float) -> None:
        """Note that it cannot be taken away for now; the others go on."""
        this = (uploads.c.file == upload.file) & uploads.c.state.in_((*TO_GO, *AWAY))
        with self._database.writing() as connection:
            connection.execute(update(uploads).where(this).values(state=KEPT, since=now))

    def left(self, visit: str | None = None) -> list[Left]:
        """Return what was to go from the cloud, of one visit or of all of them, and is not forgotten yet."""
        rows = select(uploads.c.visit, uploads.c.state, uploads.c.since).order_by(uploads.c.seq)
        rows = rows.where(uploads.c.state.in_((*TO_GO, *AWAY)))
        if visit is not None:
            rows = rows.where(uploads.c.visit == visit)
        with self._database.reading() as connection:
            return [left_of(row.visit, row.state, row.since) for row in connection.execute(rows)]

    def place(self, file: str) -> str | None:
        """Return the name of a ticket that is up there."""
        up = select(uploads.c.name).where((uploads.c.file == file) & (uploads.c.state == DONE))
        with self._database.reading() as connection:
            return connection.execute(up).scalar()

    def backlog(self) -> Backlog:
        """Return what waits."""
        waiting = uploads.c.state.in_(OPEN)
        counted = select(func.count(), func.min(uploads.c.since)).where(waiting)
        parked = select(func.min(uploads.c.state)).where(uploads.c.state.in_([each.value for each in Parked]))
        kept = select(func.count()).where(uploads.c.state == KEPT)
        with self._database.reading() as connection:
            count, since = connection.execute(counted).one()
            why = connection.execute(parked).scalar()
            is_kept = connection.execute(kept).scalar()
        trouble = PARKED_CODES[Parked(why)] if why else None
        return Backlog(count, since, REFUSED if is_kept else trouble)

    def _change(self, upload: Upload, state: str) -> bool:
        still_wanted = (uploads.c.file == upload.file) & uploads.c.state.in_(OPEN)
        with self._database.writing() as connection:
            done: Any = connection.execute(update(uploads).where(still_wanted).values(state=state))
        return bool(done.rowcount)
