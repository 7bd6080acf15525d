"""The two families of flows: kinds of node, and what people do."""

from mazhi.engines.flows import actions, nodes
from mazhi.engines.flows.kind import ActionKind, NodeKind
from mazhi.kernel.registry import Registry

node_kinds: Registry[NodeKind] = Registry(nodes)
action_kinds: Registry[ActionKind] = Registry(actions)
