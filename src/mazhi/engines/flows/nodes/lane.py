"""并行分支: one of the ways that are taken together."""

from mazhi.engines.flows.kind import NodeKind

KIND = NodeKind(name="lane", zh="并行分支", en="Lane", icon="lane", colour="#5B8FF9", contains="sequence")
