import pytest
from doubles.visits import MemoryVisits
from visits.contract import VisitsContract


class TestMemoryVisits(VisitsContract):
    @pytest.fixture
    def kept(self) -> MemoryVisits:
        return MemoryVisits()
