"""条件: one way of a branch, with the condition under which it is taken."""

from mazhi.engines.flows.kind import NodeKind
from mazhi.engines.options import Option

KIND = NodeKind(
    name="case",
    zh="条件",
    en="Case",
    icon="filter",
    colour="#1E9E63",
    contains="sequence",
    options=(
        Option("when", "满足什么条件", "When", "formula", "",
               zh_hint="最后一条不填，是“其余情况”。空的字段当作不满足。",
               en_hint="The last one says nothing and is taken otherwise. An empty field counts as no."),
    ),
)  # fmt: skip
