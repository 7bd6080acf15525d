"""Settings (系统设置) that live in the database: few, named, audited."""
