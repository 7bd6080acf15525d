"""Label rolls (标签卷): codes printed before their items exist, in sets of linked labels (套标、子母标)."""
