"""A part of the form under a heading (分段); it stores nothing."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.forms.options import settling

KIND = FieldKind(name="section", zh="分段", en="Section", holds="layout", example=({}, None), settle=settling())
