"""Put away (上架): goods go to the bin where they are kept."""

from mazhi.kernel.posting.operation import OWNER, Epcis, Operation, PlaceRule

KIND = Operation(
    name="putaway",
    zh="上架",
    en="Put away",
    epcis=Epcis("ObjectEvent", "OBSERVE", "storing", "sellable_not_accessible"),
    place=PlaceRule.NEEDED,
    data=(OWNER,),
    icon="shelf",
)
