"""Places (库位): a tree of sites, warehouses, zones and bins."""
