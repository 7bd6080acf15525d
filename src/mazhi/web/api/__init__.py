"""One module per area of the REST interface; each binds its routes to ``router``."""
