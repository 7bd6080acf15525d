"""Partners (往来单位): suppliers, dealers, customers, persons."""
