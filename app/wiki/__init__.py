"""The wiki in plain Python: pages in git, Markdown, safe HTML, links, attachments, search. No Flask, no SQL."""
