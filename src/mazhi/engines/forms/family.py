"""The kinds of fields."""

from __future__ import annotations

from mazhi.engines.forms import fields as package
from mazhi.engines.forms.model import FieldKind
from mazhi.kernel.registry import Registry

field_kinds: Registry[FieldKind] = Registry(package)
