"""What products, places, partners and batches have in common as master data (基础资料)."""
