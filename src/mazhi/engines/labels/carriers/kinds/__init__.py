"""The carriers, one file each; a file binds ``KIND``, see ``carriers.model.Carrier``."""
