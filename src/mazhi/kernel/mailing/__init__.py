"""Mail (邮件): sent by jobs, over the server that the settings name."""
