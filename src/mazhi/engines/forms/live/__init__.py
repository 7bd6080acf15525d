"""Values that the server works out at every save (公式、汇总、赋值): in which order, for many records at once."""
