"""Who may do what with the records of a form (权限): actions, rows, fields, compiled into the statements."""
