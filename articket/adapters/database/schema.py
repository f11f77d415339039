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
    Column("has_photo", Boolean, nullable=False, server_default=false()),
    Column("at_easels", Boolean, nullable=False, server_default=false()),
    Column("state", Text, nullable=False),
)
Index("visits_of_a_booth", visits.c.booth, visits.c.erased, visits.c.joined_at)
Index("visits_by_ticket", visits.c.booth, visits.c.erased, visits.c.ticket)
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
