"""Receive (收货): goods come in from a supplier, from making, or back from the channel."""

from mazhi.kernel.posting.operation import OWNER, Epcis, HolderRule, Operation, PlaceRule

KIND = Operation(
    name="receive",
    zh="收货",
    en="Receive",
    epcis=Epcis("ObjectEvent", "OBSERVE", "receiving", "in_progress"),
    place=PlaceRule.NEEDED,
    holder=HolderRule.CLEARED,
    data=(OWNER,),
    icon="inbox",
)
