"""Products (产品)."""
