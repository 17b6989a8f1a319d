"""Polls: which date, which choice, a decision by consent between two meetings; the list of them, and what is open."""
