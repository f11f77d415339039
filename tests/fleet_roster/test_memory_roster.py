import pytest
from doubles.roster import MemoryRoster
from fleet_roster.contract import RosterContract


class TestMemoryRoster(RosterContract):
    @pytest.fixture
    def roster(self) -> MemoryRoster:
        return MemoryRoster()
