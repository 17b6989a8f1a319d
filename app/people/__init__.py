"""People: authors and their pseudonyms, accounts, sign-in, bearer tokens, and the one door through which pages pass."""
