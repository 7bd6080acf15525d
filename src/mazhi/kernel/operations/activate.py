"""Activate (激活, 售出): the end customer has it; a warranty that has not started starts now."""

from mazhi.kernel.posting.operation import OWNER, Epcis, HolderRule, Operation, PlaceRule

KIND = Operation(
    name="activate",
    zh="激活",
    en="Activate",
    epcis=Epcis("ObjectEvent", "OBSERVE", "retail_selling", "retail_sold"),
    place=PlaceRule.CLEARED,
    holder=HolderRule.PARTNER,
    blocked_into=frozenset({"sold"}),
    data=(OWNER,),
    icon="spark",
)
