"""Periods (账期): the moment up to which the books are closed (关账)."""
