"""Exporting (导出): lists that people take away as a spreadsheet."""
