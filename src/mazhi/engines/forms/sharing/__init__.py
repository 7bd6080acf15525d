"""Sharing (公开链接): a form that anybody with a link may fill in, and nothing else."""
