"""Forms: what records are made of. Plain Python; reads and writes texts and values, knows no web and no database."""
