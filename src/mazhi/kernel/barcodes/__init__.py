"""Carriers and syntaxes of codes: symbologies, GS1 element strings, Digital Link."""
