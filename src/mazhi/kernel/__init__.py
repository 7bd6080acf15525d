"""What is true without any screen: items, codes, the ledger, stock, rights, jobs."""
