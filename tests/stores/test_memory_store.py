import pytest
from doubles.stores import MemoryStore
from stores.contract import LocalStoreContract


class TestMemoryStore(LocalStoreContract):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()
