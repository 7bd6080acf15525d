"""Publishing a form (发布): its next version becomes tables and columns, in one transaction, and nothing is lost."""
