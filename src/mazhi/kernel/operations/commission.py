"""Commission (赋码): an item is born with its code; only making and importing codes do it."""

from mazhi.kernel.posting.operation import Epcis, Operation

KIND = Operation(
    name="commission",
    zh="赋码",
    en="Commission",
    epcis=Epcis("ObjectEvent", "ADD", "commissioning", "active"),
    quantities=False,
    posted=False,
    icon="tag",
)
