"""The kinds of trigger, one file each."""
