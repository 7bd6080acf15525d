"""Carriers: how a code is drawn (码制), checked before and encoded to modules; see ``carriers.model``."""
