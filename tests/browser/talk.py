"""What somebody does below a page to bring its comments into a state."""

from time import time_ns
from typing import Any

LONG = "Voir https://example.org/une-adresse-si-longue/que/le/telephone-doit-la-couper/quelque-part.html"


def _send(page: Any) -> None:
    with page.expect_navigation():
        page.click("main form:has(#gc-field-text) .actions button")


def send_nothing(page: Any) -> None:
    _send(page)


def comment(page: Any) -> None:
    """Write, as a member, a question that is answered; the survey comes by several times."""
    page.fill("#gc-field-text", f"Question {time_ns()}\n\n{LONG}")
    _send(page)
    with page.expect_navigation():
        page.click("main a[href*='reply=']")
    page.fill("#gc-field-text", f"Réponse {time_ns()}")
    _send(page)
    with page.expect_navigation():
        page.click("button[value=answered]")


def judge(page: Any) -> None:
    """Ask what shall become of a comment, and give no reason."""
    comment(page)
    with page.expect_navigation():
        page.click("main a[href*='/-/comment/']")
    with page.expect_navigation():
        page.click("main form:has(#gc-field-reason) button.danger")


def comment_as_visitor(page: Any) -> None:
    page.fill("#gc-field-text", f"Question {time_ns()}")
    page.fill("[name=author]", "Marc")
    page.fill("[name=email]", "marc@example.org")
    page.wait_for_timeout(3100)  # faster than a person, and nothing is sent
    _send(page)


def follow_own_comment(page: Any) -> None:
    comment_as_visitor(page)
    with page.expect_navigation():
        page.click("main a[href*='/-/comment/mine/']")
