"""From other formats: text of attached files for the search, pasted HTML to Markdown. No Flask, no SQL.

Whatever parses runs in a child process with limits (`app.budget`); the modules named `*_child` are imported only there.
"""
