"""Public links."""
