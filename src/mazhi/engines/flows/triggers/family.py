"""The kinds of trigger, found by walking their package."""

from mazhi.engines.flows.triggers import kinds
from mazhi.engines.flows.triggers.kind import TriggerKind
from mazhi.kernel.registry import Registry

trigger_kinds: Registry[TriggerKind] = Registry(kinds)
