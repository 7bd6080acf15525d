"""Rules (规则): what of a form is there, required, locked, refused or filled in while a condition holds."""
