"""Hold (冻结): a blocking mark with its cause, whatever state the item is in."""

from mazhi.kernel.posting.marks import add_mark
from mazhi.kernel.posting.model import Facts, Setting
from mazhi.kernel.posting.operation import REASON, Epcis, Operation


def _hold(facts: Facts, setting: Setting) -> Facts:
    cause = str(setting.document or setting.data.get("reason") or setting.event_id)
    return facts._replace(marks=add_mark(facts.marks, "held", cause, setting.event_id))


KIND = Operation(
    name="hold",
    zh="冻结",
    en="Hold",
    epcis=Epcis("ObjectEvent", "OBSERVE", "holding", "non_sellable_other"),
    on_built_in=True,
    effect=_hold,
    data=(REASON,),
    icon="lock",
)
