"""Scan steps (扫码核对): what should be scanned, what was, and what is said to each scan."""
