"""Scan lists (批量扫描框): the content of a field that holds any number of scans, staged as they come."""
