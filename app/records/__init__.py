"""Records: what is kept of them beside their pages, and what becomes of them: private fields, life, exchange."""
