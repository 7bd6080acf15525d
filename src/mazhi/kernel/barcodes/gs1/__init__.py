"""GS1: the table of application identifiers, element strings in their three spellings, and their rules."""
