"""How flows begin by themselves (触发): by records, moments, buttons, scans and calls from outside."""
