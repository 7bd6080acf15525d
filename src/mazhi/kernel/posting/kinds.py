"""Every operation kind there is."""

from __future__ import annotations

from mazhi.kernel import operations
from mazhi.kernel.posting.operation import Operation
from mazhi.kernel.registry import Registry

operation_kinds: Registry[Operation] = Registry(operations)
"""The operations by name, found by walking ``mazhi.kernel.operations``."""
