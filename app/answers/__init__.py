"""What people say about things: that they come, what they do there. In the database, never in a page."""
