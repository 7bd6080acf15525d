"""Adjust (调整): the books follow what was found: missing items are lost, found ones are in stock."""

from mazhi.kernel.posting.operation import OWNER, DataField, Epcis, Operation

KIND = Operation(
    name="adjust",
    zh="调整",
    en="Adjust",
    epcis=Epcis("ObjectEvent", "OBSERVE", "stock_taking", "unchanged"),
    clears_into=frozenset({"lost"}),
    chooses=True,
    finding=True,
    data=(DataField("reason", "text", "原因", "Reason", required=True, example="盘亏"), OWNER),
    icon="scale",
)
