"""Repair done (修毕): back to its customer, or into stock."""

from mazhi.kernel.posting.operation import OWNER, Epcis, HolderRule, Operation

KIND = Operation(
    name="repair_out",
    zh="修毕",
    en="Repair done",
    epcis=Epcis("ObjectEvent", "OBSERVE", "repairing", "active"),
    holder=HolderRule.PARTNER,
    blocked_into=frozenset({"sold"}),
    clears_into=frozenset({"sold"}),
    chooses=True,
    data=(OWNER,),
    icon="wrench",
)
