"""Decisions and actions in the text of minutes, found by the words that people put before them. Plain Python."""
