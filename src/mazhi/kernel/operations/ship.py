"""Ship (发货): goods leave for a partner, who holds them from then on."""

from mazhi.kernel.posting.operation import OWNER, Epcis, HolderRule, Operation, PlaceRule

KIND = Operation(
    name="ship",
    zh="发货",
    en="Ship",
    epcis=Epcis("ObjectEvent", "OBSERVE", "shipping", "in_transit"),
    place=PlaceRule.CLEARED,
    holder=HolderRule.PARTNER,
    use=True,
    data=(OWNER,),
    icon="truck",
)
