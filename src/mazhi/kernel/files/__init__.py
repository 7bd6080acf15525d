"""The library of files (文件库): bytes on disk by their content, rows that say whose they are and what they are."""
