"""Spreadsheets (电子表格): reading what people send, and writing what they take away."""
