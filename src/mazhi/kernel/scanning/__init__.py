"""Scanning (扫码): from what a scanner sent to what it means here."""
