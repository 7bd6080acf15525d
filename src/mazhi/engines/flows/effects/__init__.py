"""What automatic nodes have in common: values from formulas, goods of a record or a step, and how they are checked."""
