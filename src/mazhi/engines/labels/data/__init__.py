"""The data of labels (标签数据): which fields there are, and what they are for 1 or 10,000 items at once."""
