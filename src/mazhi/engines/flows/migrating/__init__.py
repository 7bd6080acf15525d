"""Moving running instances to a newer version (迁移): first what would happen to each, then exactly that."""
