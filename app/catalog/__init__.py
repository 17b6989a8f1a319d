"""What is derived from git, for fast reading: pages, revisions, names, links. May be thrown away and rebuilt."""
