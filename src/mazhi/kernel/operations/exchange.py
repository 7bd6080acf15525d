"""Exchange (换货): the customer's old piece comes back, a new one takes its place and its warranty."""

from mazhi.kernel.posting.operation import DataField, Epcis, HolderRule, Operation

KIND = Operation(
    name="exchange",
    zh="换货",
    en="Exchange",
    epcis=Epcis("ObjectEvent", "OBSERVE", "replacing", "returned"),
    holder=HolderRule.CLEARED,
    quantities=False,
    single=True,
    data=(
        DataField("new", "item", "换给客户的新件", "New item", required=True, example="RO261118L020083"),
        DataField("reason", "text", "原因", "Reason", example="漏水"),
    ),
    icon="swap",
)
