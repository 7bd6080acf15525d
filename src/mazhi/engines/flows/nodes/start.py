"""发起: how the flow begins, and who may begin it."""

from mazhi.engines.flows.kind import NodeKind
from mazhi.engines.flows.triggers.checking import faults
from mazhi.engines.options import Choice, Option

KIND = NodeKind(
    name="start",
    zh="发起",
    en="Start",
    icon="send",
    colour="#576A95",
    contains="sequence",
    options=(
        Option("who", "谁可以发起", "Who may start it", "people", {}, zh_hint="不选：能新增这张表单的人都可以。",
               en_hint="Nobody chosen: everybody who may add records to the form."),
        Option("triggers", "怎样发起", "How it starts", "triggers", []),
        Option("title", "标题", "Title", "template", "", zh_hint="待办里显示的标题，可以用字段。",
               en_hint="What the work list shows; fields may stand in it."),
        Option("fields", "表单权限", "Fields", "field_states", {}),
        Option(
            "withdraw", "撤回", "Withdrawing", "choice", "before",
            choices=(
                Choice("before", "有人处理以前", "Before anybody acted"),
                Choice("always", "结束以前", "Before it ends"),
                Choice("never", "不允许", "Never"),
            ),
        ),
        Option("again", "同一条记录可以同时走几次", "Several at once on one record", "flag", default=False),
    ),
    faults=faults,
)  # fmt: skip
