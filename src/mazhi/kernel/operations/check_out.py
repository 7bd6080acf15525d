"""Check out (借出): an item is lent to a partner or a person."""

from mazhi.kernel.posting.operation import OWNER, Epcis, HolderRule, Operation, PlaceRule

KIND = Operation(
    name="check_out",
    zh="借出",
    en="Check out",
    epcis=Epcis("ObjectEvent", "OBSERVE", "staging_outbound", "in_progress"),
    place=PlaceRule.CLEARED,
    holder=HolderRule.PARTNER,
    use=True,
    data=(OWNER,),
    icon="lend",
)
