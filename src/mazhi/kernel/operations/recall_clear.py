"""Recall clear (召回解除): takes the mark of one recall away and leaves those of every other."""

from mazhi.kernel.posting.marks import clear_mark, read_marks
from mazhi.kernel.posting.model import Facts, Setting
from mazhi.kernel.posting.operation import REASON, DataField, Epcis, Operation


def _clear(facts: Facts, setting: Setting) -> Facts:
    # Whoever has no such mark needs none taken away: posting it is legal in every state, and changes nothing.
    recall = setting.data.get("recall")
    if recall and not any(mark == "recalled" and cause == recall for mark, cause, _ in read_marks(facts.marks)):
        return facts
    wanted = (recall, setting.data.get("cause"), setting.document, setting.data.get("reason"))
    marks = clear_mark(facts.marks, "recalled", tuple(str(cause) for cause in wanted if cause))
    return facts if marks is None else facts._replace(marks=marks)


KIND = Operation(
    name="recall_clear",
    zh="召回解除",
    en="Recall clear",
    epcis=Epcis("ObjectEvent", "OBSERVE", "holding", "sellable_not_accessible"),
    on_built_in=True,
    quantities=False,
    effect=_clear,
    data=(DataField("recall", "text", "召回单号", "Recall number", example="RC-2611-01"), REASON),
    icon="check",
)
