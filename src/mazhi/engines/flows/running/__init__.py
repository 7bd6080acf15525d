"""The interpreter: how a running flow goes from step to step."""
