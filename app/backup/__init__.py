"""One file with all truths of an instance: written while the site is up, read back, brought back on any database."""

from app.backup.restoring import restore
from app.backup.writing import Backup, last_backup, write

__all__ = ["Backup", "last_backup", "restore", "write"]
