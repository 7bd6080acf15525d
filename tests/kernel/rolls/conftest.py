from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mazhi.bootstrap import Settings, System, build
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.packaging.model import PackageType
from mazhi.kernel.places.model import Place
from mazhi.kernel.products.model import Product


@pytest.fixture
def system(db_url: str, tmp_path: Path) -> Iterator[System]:
    system = build(Settings(database_url=db_url, data=tmp_path))
    furnish(system)
    yield system
    system.db.close()


def furnish(system: System) -> None:
    system.products.create(SYSTEM, Product(code="WM", name="水表", tracking="serial"))
    system.products.create(SYSTEM, Product(code="CY", name="净水器", tracking="serial"))
    system.products.create(SYSTEM, Product(code="SKU", name="螺丝", tracking="sku"))
    system.places.create(SYSTEM, Place(code="L1", name="一号线", kind="line"))
    system.packaging.create(SYSTEM, PackageType(code="CTN", name="外箱", level=1, capacity=4))
    for code in ("W", "B", "C"):
        segments = [{"kind": "constant", "value": code}, {"kind": "counter", "width": 5}]
        system.codes.create(SYSTEM, {"code": code, "name": code, "segments": segments})
