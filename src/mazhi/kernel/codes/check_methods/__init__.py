"""Check character methods (校验算法): one module per method."""
