"""Genealogy (组装关系): what is inside what, since when and until when."""
