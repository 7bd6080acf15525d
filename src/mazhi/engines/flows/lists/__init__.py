"""The work list (待办), one task, and one running flow, as a reader sees them."""
