"""Relabel (换标): the item gets a new code; the old one still leads to it."""

from mazhi.kernel.posting.operation import DataField, Epcis, Operation

KIND = Operation(
    name="relabel",
    zh="换标",
    en="Relabel",
    epcis=Epcis("ObjectEvent", "OBSERVE", "commissioning", "active"),
    on_built_in=True,
    on_packages=False,
    quantities=False,
    single=True,
    data=(
        DataField("new", "text", "新码", "New code", required=True, example="RO260908L010037N"),
        DataField("reason", "text", "原因", "Reason", example="标签损坏"),
    ),
    icon="tag",
)
