"""Printers (打印机): where they are, how they are reached, and what they tell about themselves."""
