"""Items (单品): the things that carry a code, and the identifiers that lead to them."""
