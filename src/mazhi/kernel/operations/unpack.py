"""Unpack (拆箱): items, or everything, come out of a package."""

from mazhi.kernel.posting.operation import DataField, Epcis, Operation

KIND = Operation(
    name="unpack",
    zh="拆箱",
    en="Unpack",
    epcis=Epcis("AggregationEvent", "DELETE", "unpacking", "in_progress"),
    on_packages=False,
    quantities=False,
    data=(DataField("package", "item", "整箱拆开", "Package to empty", example="BOX000123"),),
    icon="export",
)
