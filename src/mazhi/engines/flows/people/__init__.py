"""People of a step (办理人): who is meant by role, department, superior, field, starter …"""
