"""The formula engine (公式): Excel-like syntax with Chinese names, parsed once, evaluated exactly."""
