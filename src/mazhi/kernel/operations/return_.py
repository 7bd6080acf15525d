"""Return (退货): goods come back from the channel or from a customer."""

from mazhi.kernel.posting.operation import OWNER, DataField, Epcis, HolderRule, Operation, PlaceRule

KIND = Operation(
    name="return_",
    zh="退货",
    en="Return",
    epcis=Epcis("ObjectEvent", "OBSERVE", "receiving", "returned"),
    place=PlaceRule.NEEDED,
    holder=HolderRule.CLEARED,
    data=(DataField("reason", "text", "退货原因", "Reason", example="客户退货"), OWNER),
    icon="undo",
)
