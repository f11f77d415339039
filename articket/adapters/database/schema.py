"""Tables. Aggregates are kept as JSON beside the columns that are searched for."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
)

metadata = MetaData()

booths = Table(
    "booths",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("deadline", Float),
    Column("state", Text, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("booth", String(32), nullable=False),
    Column("joined_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("erased", Boolean, nullable=False, default=False),
    Column("number", Integer, unique=True),
    Column("revealed_at", Float),
    Column("on_wall", Boolean, nullable=False, default=False),
    Column("ticket", String(16), nullable=False, server_default="none"),
    Column("printed_at", Float),
    Column("print_state", String(16), nullable=False, server_default="none"),
    Column("print_ref", Integer),
    Column("has_photo", Boolean, nullable=False, server_default=false()),
    Column("at_easels", Boolean, nullable=False, server_default=false()),
    Column("look_due", Float),
    Column("wanted_at", Float),
    Column("state", Text, nullable=False),
)
Index("visits_of_a_booth", visits.c.booth, visits.c.erased, visits.c.joined_at)
# SQLite takes an index that holds the order wherever it can: each list of a desk has one of its own.
Index("visits_ticketed", visits.c.booth, visits.c.erased, visits.c.ticket, visits.c.number)
Index("visits_at_printer", visits.c.booth, visits.c.erased, visits.c.print_ref)
Index("visits_printed", visits.c.booth, visits.c.erased, visits.c.ticket, visits.c.printed_at)
Index(
    "visits_under_way",
    *(visits.c.booth, visits.c.erased, visits.c.ticket, visits.c.has_photo, visits.c.joined_at),
)
# The last column is none of the order: it lets the tally's longest wait stand in the index too.
Index(
    "visits_to_print",
    *(visits.c.booth, visits.c.erased, visits.c.ticket, visits.c.print_state),
    *(visits.c.number, visits.c.wanted_at),
)
Index("visits_on_wall", visits.c.booth, visits.c.erased, visits.c.on_wall, visits.c.revealed_at)
Index("visits_at_easels", visits.c.booth, visits.c.erased, visits.c.at_easels)
Index("visits_look_due", visits.c.booth, visits.c.erased, visits.c.look_due)
Index("visits_that_expire", visits.c.erased, visits.c.expires_at)

keys = Table(
    "keys",
    metadata,
    Column("visit", String(32), primary_key=True),
    Column("token", LargeBinary(32), unique=True, nullable=False),
    Column("keep", LargeBinary(32), unique=True, nullable=False),
    Column("entry", LargeBinary(32), unique=True, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Integer, nullable=False),
)

daybook = Table(
    "daybook",
    metadata,
    Column("booth", String(32), primary_key=True),
    Column("quarter", Integer, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("count", Integer, nullable=False),
)

choices = Table(
    "choices",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

answered = Table(
    "answered",
    metadata,
    Column("owner", String(32), primary_key=True),
    Column("cmd_id", String(64), primary_key=True),
    Column("at", Float, nullable=False),
    Column("ack", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("job", String(128), unique=True, nullable=False),
    Column("visit", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("args", Text, nullable=False),
)

uploads = Table(
    "uploads",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("visit", String(32), nullable=False, index=True),
    Column("file", String(200), unique=True, nullable=False),
    Column("name", String(200), nullable=False),
    Column("since", Float, nullable=False),
    Column("state", String(16), nullable=False, index=True),
)

fleet_rows = Table(
    "fleet",
    metadata,
    Column("part", String(32), primary_key=True),
    Column("id", String(128), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("login", Text),
)
