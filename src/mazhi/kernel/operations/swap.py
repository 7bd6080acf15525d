"""Swap (换件): one part of a unit comes out and another takes its place, both or neither."""

from mazhi.kernel.posting.operation import REASON, DataField, Epcis, Operation

KIND = Operation(
    name="swap",
    zh="换件",
    en="Swap",
    epcis=Epcis("AggregationEvent", "DELETE", "repairing", "in_progress"),
    on_built_in=True,
    on_packages=False,
    quantities=False,
    single=True,
    data=(
        DataField("out", "component", "拆下的旧件", "Old part", required=True, example={"item": "PB0001"}),
        DataField("in", "component", "装上的新件", "New part", required=True, example={"item": "PC0007"}),
        REASON,
    ),
    icon="swap",
)
