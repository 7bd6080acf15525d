"""Every statement about users, roles, sessions, tokens and the audit trail."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from mazhi.kernel.db import Id, metadata

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("recorded_at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("subject", String, nullable=False),  # e.g. product, place, user, session
    Column("key", String, nullable=False),  # e.g. the product's code
    Column("action", String, nullable=False),  # create | change | delete | sign_in | sign_in_failed | …
    Column("before", Text, nullable=False),  # JSON of what changed, old values
    Column("after", Text, nullable=False),  # JSON of what changed, new values
    Index("audit_subject", "subject", "key", "id"),
)
