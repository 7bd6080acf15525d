"""Comments (讨论) on records."""
