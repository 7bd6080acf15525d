"""Change of tracking (跟踪方式变更): quantity to batch to serial, with the stock carried over."""
