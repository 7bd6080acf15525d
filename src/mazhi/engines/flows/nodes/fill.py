"""填写: people fill in fields of the record and hand them in."""

from mazhi.engines.flows.kind import NodeKind
from mazhi.engines.flows.running.work import WORK

KIND = NodeKind(
    name="fill",
    zh="填写",
    en="Fill in",
    zh_hint="补充内容后提交",
    en_hint="Fields are filled in",
    group="people",
    icon="edit",
    colour="#7A4FB5",
    options=WORK,
    work=True,
)
