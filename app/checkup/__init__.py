"""The doctor: looks at everything that can go wrong unseen, and says what to do."""

from app.checkup.examination import Finding, examine
from app.checkup.report import Report, read_report

__all__ = ["Finding", "Report", "examine", "read_report"]
