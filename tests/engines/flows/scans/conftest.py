from __future__ import annotations

import pytest

from tests.engines.flows.scans.dock import Dock
from tests.engines.flows.shop import Shop


@pytest.fixture
def dock(shop: Shop) -> Dock:
    """Give a dock over an empty database of each kind."""
    return Dock(shop)
