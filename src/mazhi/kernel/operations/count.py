"""Count (盘点): an item was seen at a place; recorded, nothing is changed."""

from mazhi.kernel.posting.operation import DataField, Epcis, Operation

KIND = Operation(
    name="count",
    zh="盘点",
    en="Count",
    epcis=Epcis("ObjectEvent", "OBSERVE", "cycle_counting", "unchanged"),
    on_built_in=True,
    records_only=True,
    data=(DataField("session", "text", "盘点单", "Count session", example="PD-0119"),),
    icon="list",
)
