"""Hands for the tests of comments: write one below a page, read what a reader is shown."""

from werkzeug.test import TestResponse

from tests.web.hands import Browser, soup


def say(browser: Browser, path: str, text: str, **more: str) -> TestResponse:
    """Send a comment."""
    return browser.post(f"/-/comments/{path}", text=text, **more)


def said(browser: Browser, path: str, query: str = "") -> list[str]:
    """Read the names and words of all comments of a list, as they stand."""
    page = soup(browser.get(f"/-/comments/{path}{query}"))
    found = []
    for item in page.select(".talk li[id]"):
        for inner in item.select("ol"):
            inner.extract()
        name = item.select_one("p b")
        words = " / ".join(one.get_text("\n") for one in item.select("p[dir=auto]"))
        found.append(f"{name.text if name else ''}: {words}")
    return found


def number(browser: Browser, path: str, words: str) -> int:
    """Find the number of the comment that holds these words."""
    page = soup(browser.get(f"/-/comments/{path}"))
    (found,) = [one for one in page.select("p[dir=auto]") if words in one.text]
    item = found.find_parent("li")
    assert item is not None
    return int(str(item["id"]).removeprefix("gc-comment-"))


def press(browser: Browser, of: int, action: str, **more: str) -> TestResponse:
    """Press a button of a comment."""
    return browser.post(f"/-/comment/{of}", action=action, **more)
