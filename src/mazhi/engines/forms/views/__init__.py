"""Saved views (视图): how the records of a form are looked at, kept for oneself or shared."""
