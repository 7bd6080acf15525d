"""The kinds of criteria, one module each."""
