from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.flows.shop import Shop


@pytest.fixture
def shop(db_url: str, tmp_path: Path) -> Iterator[Shop]:
    """Give a small company over an empty database of each kind."""
    found = Shop(db_url, tmp_path / "data")
    yield found
    found.close()
