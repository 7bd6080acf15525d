"""Importing (导入): bringing serials that already exist into the ledger, from a spreadsheet."""
