"""Correct (红冲): reverses an event, for all or some of its items, by a new event."""

from mazhi.kernel.posting.operation import DataField, Epcis, Operation

KIND = Operation(
    name="correct",
    zh="红冲",
    en="Correct",
    epcis=Epcis("ObjectEvent", "OBSERVE", "", ""),
    on_built_in=True,
    on_packages=False,
    quantities=False,
    finding=True,
    data=(
        DataField("event", "event", "要冲销的事件", "Event to reverse", required=True, example=1024),
        DataField("reason", "text", "原因", "Reason", example="扫错单"),
        DataField("chain", "flag", "连同后续一起冲销", "Reverse what followed too", example=False),
    ),
    icon="undo",
)
