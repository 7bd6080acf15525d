"""The kinds of elements that a label is put together from, one file each."""
