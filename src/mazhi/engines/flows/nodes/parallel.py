"""并行: all ways are taken at the same time, and the flow goes on when the last has arrived."""

from mazhi.engines.flows.kind import NodeKind

KIND = NodeKind(
    name="parallel",
    zh="并行",
    en="Parallel",
    zh_hint="几条同时走，都到了再往下",
    en_hint="Several ways at once, joined at the end",
    group="logic",
    icon="parallel",
    colour="#5B8FF9",
    contains="lanes",
)
