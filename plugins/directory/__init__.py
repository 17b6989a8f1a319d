"""The directory: lists, cards, tables and maps of records, by form."""
