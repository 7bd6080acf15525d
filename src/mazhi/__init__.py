"""码志 (Mazhi): one item, one code, and its whole life."""
