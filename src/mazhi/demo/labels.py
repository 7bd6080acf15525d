"""The demo's labels and printers: a few of the ready templates, a printer that writes into a folder, one by hand."""

from __future__ import annotations

from mazhi.bootstrap import System
from mazhi.demo.masters import unless_there
from mazhi.engines.labels.printers.model import Printer
from mazhi.kernel.access.model import SYSTEM

HOST = "https://cy.example"
LABELS = {
    "PLATE": ("机身铭牌", "product-plate"),
    "CARTON": ("外箱标签", "carton-sscc"),
    "PALLET": ("托盘标签", "pallet"),
    "STATUS": ("检验状态标签", "inspection"),
    "PART": ("小件二维码", "small-part"),
    "SHELF": ("货位标签", "shelf"),
    "RMA": ("退货返修标签", "return-label"),
    "A4-24": ("A4 整页 24 张", "sheet-24"),
}
PRINTERS = (
    Printer(
        code="LINE-1", name="产线一 铭牌机", driver="folder", language="zpl", dpi=203, options={"folder": "line-1"}
    ),
    Printer(code="OFFICE", name="办公室（浏览器打印）", driver="browser", language="pdf", dpi=300),
)


def create_labels(system: System) -> None:
    """Create the labels and printers that are not there yet."""
    system.labels.set_host(SYSTEM, HOST)
    ready = {one.code: one for one in system.labels.ready()}
    for code, (name, source) in LABELS.items():
        template = ready[source].template
        unless_there(lambda: system.labels.create(SYSTEM, code, name, template))  # noqa: B023 - called at once
    for printer in PRINTERS:
        unless_there(lambda: system.printers.create(SYSTEM, printer))  # noqa: B023 - called at once
