"""What people can do with a task or with a running flow, one file each."""
