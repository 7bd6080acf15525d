"""Disassemble (拆解): parts come out of a unit; all of them, where none is named."""

from dataclasses import replace

from mazhi.kernel.posting.operation import COMPONENTS, Epcis, Operation

KIND = Operation(
    name="disassemble",
    zh="拆解",
    en="Disassemble",
    epcis=Epcis("AggregationEvent", "DELETE", "disassembling", "in_progress"),
    on_built_in=True,
    on_packages=False,
    chooses=True,
    quantities=False,
    single=True,
    data=(replace(COMPONENTS, required=False, zh="拆下的件（不填为全部）", en="Components (none: all)"),),
    icon="scissor",
)
