"""Posting (过账): carrying out an operation on items and quantities, with everything that follows from it."""
