"""Cards with a picture (画廊)."""

from __future__ import annotations

from mazhi.engines.forms.views.model import CARD, ViewKind

KIND = ViewKind(name="gallery", zh="画廊", en="Gallery", options=CARD)
