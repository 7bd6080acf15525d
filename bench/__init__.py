"""Benchmarks: each figure beside its floor, the raw driver doing the same work in the same run."""
