"""The ledger (台账): events, the history of every item, and the posting of operations."""
