"""Batches (批次)."""
