"""Stock (库存): balances per product, batch, place, state, quality and owner."""
