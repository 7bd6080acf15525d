"""Counts (盘点): what is there is scanned, compared with the books, and the books are put right."""
