"""Assemble (组装): parts become part of the unit that is being made."""

from mazhi.kernel.posting.operation import COMPONENTS, Epcis, Operation

KIND = Operation(
    name="assemble",
    zh="组装",
    en="Assemble",
    epcis=Epcis("AggregationEvent", "ADD", "assembling", "in_progress"),
    on_packages=False,
    quantities=False,
    single=True,
    data=(COMPONENTS,),
    icon="tool",
)
