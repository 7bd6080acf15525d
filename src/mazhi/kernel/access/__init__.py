"""Access (权限): users, departments, roles, sessions, tokens, and the audit trail."""
