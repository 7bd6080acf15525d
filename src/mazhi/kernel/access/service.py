"""Access (权限): what the rest of the system calls."""

from __future__ import annotations

from mazhi.kernel.access import secrets
from mazhi.kernel.access.departments import Departments
from mazhi.kernel.access.directory import Directory
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.access.roles import Roles
from mazhi.kernel.access.sessions import Sessions
from mazhi.kernel.access.sign_in import SignIn
from mazhi.kernel.access.tokens import Tokens
from mazhi.kernel.access.trail import Trail
from mazhi.kernel.access.users import NewUser, Users
from mazhi.kernel.db import Database


class Access:
    """Users, departments, roles, sessions, tokens and the audit trail, each behind its own attribute."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.sessions = Sessions(db)
        self.sign_in = SignIn(db, self.sessions)
        self.users = Users(db, self.sessions)
        self.roles = Roles(db, self.sessions)
        self.departments = Departments(db)
        self.directory = Directory(db)
        self.tokens = Tokens(db, self.sessions)
        self.trail = Trail(db)

    def seed(self) -> None:
        """Make the first roles of an empty system."""
        self.roles.seed()

    def open_for(self, username: str, *, role: str) -> str:
        """Make a user of a role and return a session's token; for tests and benches, which need no password."""
        self.users.create(SYSTEM, NewUser(username, username, (role,), secrets.new_password(), must_change=False))
        return self.sessions.open_by_name(username)
