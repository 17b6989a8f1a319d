"""The mails of the site: queued with what causes them, sent by a job of their own. Nothing else sends mail."""
