"""Queries (API 查询): asking other systems what a form is filled with, through the server, where allowed."""
