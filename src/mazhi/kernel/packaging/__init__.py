"""Packaging (包装): kinds of packages, what is in one, and whether it is what it should be."""
