"""Minutes: agenda items, notes, decisions and actions of meetings; each meeting is one record."""
