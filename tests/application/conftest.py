import pytest
from application.kit import Kit


@pytest.fixture
def kit() -> Kit:
    return Kit()
