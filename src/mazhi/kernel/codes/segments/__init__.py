"""Segments (码段): one module per kind of segment of a code rule."""
