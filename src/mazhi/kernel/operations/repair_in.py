"""Take in for repair (接修)."""

from mazhi.kernel.posting.operation import OWNER, Epcis, HolderRule, Operation

KIND = Operation(
    name="repair_in",
    zh="接修",
    en="Take in for repair",
    epcis=Epcis("ObjectEvent", "OBSERVE", "repairing", "in_progress"),
    holder=HolderRule.CLEARED,
    data=(OWNER,),
    icon="wrench",
)
