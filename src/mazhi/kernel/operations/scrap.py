"""Scrap (报废): the end of an item."""

from mazhi.kernel.posting.operation import OWNER, REASON, Epcis, Operation

KIND = Operation(
    name="scrap",
    zh="报废",
    en="Scrap",
    epcis=Epcis("ObjectEvent", "DELETE", "decommissioning", "inactive"),
    data=(REASON, OWNER),
    icon="trash",
)
