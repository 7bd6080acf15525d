"""Pack (装箱): items go into a package, and are from then on where it is."""

from mazhi.kernel.posting.operation import DataField, Epcis, Operation

KIND = Operation(
    name="pack",
    zh="装箱",
    en="Pack",
    epcis=Epcis("AggregationEvent", "ADD", "packing", "in_progress"),
    on_packages=False,
    quantities=False,
    data=(
        DataField("into", "item", "装进哪个箱", "Into which package", required=True, example="BOX000123"),
        DataField("from_package", "flag", "从原来的箱里换装", "Repack from another package", example=False),
    ),
    icon="inbox",
)
