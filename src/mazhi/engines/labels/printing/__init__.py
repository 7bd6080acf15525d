"""Printing (打印): jobs that print each label exactly once, and the log of every label that was ever printed."""
