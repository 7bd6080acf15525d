"""Remove (拆卸): single parts come out of a unit, which stays as it is."""

from dataclasses import replace

from mazhi.kernel.posting.operation import COMPONENTS, REASON, Epcis, Operation

KIND = Operation(
    name="remove",
    zh="拆卸",
    en="Remove",
    epcis=Epcis("AggregationEvent", "DELETE", "removing", "in_progress"),
    on_built_in=True,
    on_packages=False,
    chooses=True,
    quantities=False,
    single=True,
    data=(replace(COMPONENTS, zh="拆下的件", en="Components"), REASON),
    icon="minus",
)
