"""Formulas as SQL: one expression with bound parameters, with the answers that Python gives."""
