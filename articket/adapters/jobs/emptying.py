"""Forgetting every job that the engine ever had."""

from typing import Final

from dbos import DBOSClient
from sqlalchemy import Engine, inspect

# DBOS keeps its tables there where the database knows schemas.
SCHEMA: Final = "dbos"
STATUS: Final = "workflow_status"


def forget_all(engine: Engine, url: str) -> int:
    """Delete what waits, what ran and what is done, and return how many that were; none may be running."""
    schema = None if url.startswith("sqlite") else SCHEMA
    if not inspect(engine).has_table(STATUS, schema):
        return 0
    client = DBOSClient(system_database_url=url, system_database_engine=engine)
    try:
        known = [each.workflow_id for each in client.list_workflows(load_input=False, load_output=False)]
        if known:
            client.delete_workflows(known)
    finally:
        client.destroy()
    return len(known)
