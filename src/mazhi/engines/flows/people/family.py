"""The family of ways of finding people."""

from mazhi.engines.flows.people import ways
from mazhi.engines.flows.people.way import Way
from mazhi.kernel.registry import Registry

way_kinds: Registry[Way] = Registry(ways)
