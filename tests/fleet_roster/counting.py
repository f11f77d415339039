"""A worker that counts in the fleet; a program of its own: database, how often."""

import sys

from fleet_roster.contract import count

from articket.adapters.database.engine import Database
from articket.adapters.database.roster import SqlRoster

if __name__ == "__main__":
    database = Database(f"sqlite:///{sys.argv[1]}")
    count(SqlRoster(database), int(sys.argv[2]))
    database.close()
