"""The symbologies (码制), one file each; a file binds ``KIND``, see ``barcodes.model.Symbology``."""
