"""The controls (控件) that a form is made of, one file each."""
