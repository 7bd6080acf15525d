"""The kinds of views, one file each."""
