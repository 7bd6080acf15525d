"""Packages of metadata that a user installs."""
