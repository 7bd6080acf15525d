"""Recalls (召回): which pieces are affected, where each is now, and what has become of it."""
