"""How the text of a code can be read, one file each; a file binds ``KIND``, see ``barcodes.model.Syntax``."""
