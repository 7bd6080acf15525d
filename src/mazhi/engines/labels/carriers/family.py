"""The family of carriers."""

from __future__ import annotations

from mazhi.engines.labels.carriers import kinds
from mazhi.engines.labels.carriers.model import Carrier
from mazhi.kernel.registry import Registry

carriers: Registry[Carrier] = Registry(kinds)
