"""The ways of finding people, one file each."""
