"""What tests of labels share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engines.labels import zpl_renderer


@pytest.fixture(scope="session", autouse=True)
def _renderer() -> Iterator[None]:
    """End the renderer of ZPL with the tests."""
    yield
    zpl_renderer.stop()
