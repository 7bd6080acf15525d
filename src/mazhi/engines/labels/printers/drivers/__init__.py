"""Drivers: one module is one way to reach a printer."""
