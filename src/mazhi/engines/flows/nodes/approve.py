"""审批: people look at the record and agree or refuse."""

from mazhi.engines.flows.kind import NodeKind
from mazhi.engines.flows.running.work import WORK
from mazhi.engines.options import Choice, Option

KIND = NodeKind(
    name="approve",
    zh="审批",
    en="Approve",
    zh_hint="同意或拒绝",
    en_hint="Agree or refuse",
    group="people",
    icon="check",
    colour="#FF943E",
    options=(
        *WORK,
        Option(
            "refused", "拒绝以后", "After refusing", "choice", "end",
            choices=(Choice("end", "流程结束", "The flow ends"), Choice("start", "退回发起人", "Back to the starter")),
        ),
    ),
    work=True,
)  # fmt: skip
