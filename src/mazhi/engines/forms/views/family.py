"""The kinds of views."""

from __future__ import annotations

from mazhi.engines.forms.views import kinds as package
from mazhi.engines.forms.views.model import ViewKind
from mazhi.kernel.registry import Registry

view_kinds: Registry[ViewKind] = Registry(package)
