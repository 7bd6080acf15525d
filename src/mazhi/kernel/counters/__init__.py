"""Counters: numbers that are handed out once."""
