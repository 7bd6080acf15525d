"""Check in (归还): what was lent comes back."""

from mazhi.kernel.posting.operation import OWNER, Epcis, HolderRule, Operation

KIND = Operation(
    name="check_in",
    zh="归还",
    en="Check in",
    epcis=Epcis("ObjectEvent", "OBSERVE", "receiving", "returned"),
    holder=HolderRule.CLEARED,
    chooses=True,
    data=(OWNER,),
    icon="return",
)
