"""Move (移库): goods change their place and nothing else."""

from mazhi.kernel.posting.operation import OWNER, Epcis, Operation, PlaceRule

KIND = Operation(
    name="move",
    zh="移库",
    en="Move",
    epcis=Epcis("ObjectEvent", "OBSERVE", "storing", "sellable_not_accessible"),
    place=PlaceRule.NEEDED,
    data=(OWNER,),
    icon="move",
)
