"""Seals (封存): blocks of salted leaves over the ledger, chained and signed, so that nobody alters it unseen."""
