"""Recall mark (召回标记): a blocking mark with the recall's number as its cause, whatever state the item is in."""

from mazhi.kernel.posting.marks import add_mark
from mazhi.kernel.posting.model import Facts, Setting
from mazhi.kernel.posting.operation import REASON, DataField, Epcis, Operation


def _mark(facts: Facts, setting: Setting) -> Facts:
    cause = str(
        setting.data.get("recall") or setting.document or setting.data.get("reason") or setting.event_id,
    )
    return facts._replace(marks=add_mark(facts.marks, "recalled", cause, setting.event_id))


KIND = Operation(
    name="recall_mark",
    zh="召回标记",
    en="Recall mark",
    epcis=Epcis("ObjectEvent", "OBSERVE", "holding", "recalled"),
    on_built_in=True,
    quantities=False,
    effect=_mark,
    data=(DataField("recall", "text", "召回单号", "Recall number", example="RC-2611-01"), REASON),
    icon="alert",
)
