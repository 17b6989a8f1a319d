"""Records in the browser: forms that are filled in, what a record page shows, proposals of records."""
