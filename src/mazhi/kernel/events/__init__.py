"""Events (事件) for the reader: what one was, and what a correction of it would take back."""
