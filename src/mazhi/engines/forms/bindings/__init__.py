"""Bindings (绑定): whether what was scanned as the parts of an item fits its bill of materials."""
