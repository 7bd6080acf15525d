"""Documents (单据): letters, reports and lives as PDF, in the reader's language."""
