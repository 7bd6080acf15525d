"""Personal data beside the ledger (个人信息): it can be erased, and every proof stays valid."""
