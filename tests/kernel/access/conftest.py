"""Access over a real database of each kind."""

from __future__ import annotations

import pytest

from mazhi.kernel.access.model import Actor
from mazhi.kernel.access.service import Access
from mazhi.kernel.db import Database


@pytest.fixture
def access(db: Database) -> Access:
    """Give access with the first roles."""
    made = Access(db)
    made.seed()
    return made


@pytest.fixture
def manager(access: Access) -> Actor:
    """Give somebody who may manage users and receive goods, and nothing else."""
    from mazhi.kernel.access.model import SYSTEM, Grant

    access.roles.create(SYSTEM, "manager", name="人事", grants=[Grant("users.manage"), Grant("operation.receive")])
    return access.sessions.check(access.open_for("manager", role="manager")).actor
