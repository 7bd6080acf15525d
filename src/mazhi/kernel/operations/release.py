"""Release (解冻): takes one hold away and leaves every other mark."""

from mazhi.kernel.posting.marks import clear_mark
from mazhi.kernel.posting.model import Facts, Setting
from mazhi.kernel.posting.operation import REASON, DataField, Epcis, Operation


def _release(facts: Facts, setting: Setting) -> Facts:
    # Whoever holds nothing needs no release: posting it is legal in every state, and changes nothing.
    wanted = (setting.data.get("cause"), setting.document, setting.data.get("reason"))
    marks = clear_mark(facts.marks, "held", tuple(str(cause) for cause in wanted if cause))
    return facts if marks is None else facts._replace(marks=marks)


KIND = Operation(
    name="release",
    zh="解冻",
    en="Release",
    epcis=Epcis("ObjectEvent", "OBSERVE", "holding", "sellable_not_accessible"),
    on_built_in=True,
    effect=_release,
    data=(REASON, DataField("cause", "text", "冻结事由", "Which hold", example="ZJ-260908-37")),
    icon="unlock",
)
