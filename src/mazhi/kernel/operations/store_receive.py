"""Store receipt (门店收货): a dealer or shop has received what was shipped."""

from mazhi.kernel.posting.operation import OWNER, Epcis, HolderRule, Operation

KIND = Operation(
    name="store_receive",
    zh="门店收货",
    en="Store receipt",
    epcis=Epcis("ObjectEvent", "OBSERVE", "stocking", "sellable_accessible"),
    holder=HolderRule.PARTNER,
    data=(OWNER,),
    icon="store",
)
