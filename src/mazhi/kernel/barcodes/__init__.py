"""Carriers and syntaxes of codes: symbologies (码制), GS1 element strings, Digital Link and the others."""
