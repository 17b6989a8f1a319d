"""Comments that a moderator took away: their writer takes them back for good; who looks after nothing sees no list."""

from tests.web.comment_hands import number, press, said, say
from tests.web.hands import Browser, soup


def test_who_wrote_what_was_hidden_takes_it_back_for_good(member: Browser, admin: Browser, browser: Browser) -> None:
    member.write("a", "mots\n")
    say(member, "a", "insulte")
    bad = number(member, "a", "insulte")
    press(admin, bad, "hide", reason="pas ici")
    offered = soup(member.get("/-/comments/a")).select(".talk button[value=withdraw]")
    press(member, bad, "withdraw")
    page = member.get("/-/comments/a")
    press(member, bad, "back")

    assert len(offered) == 1 and "Your comment is taken back." in page.text and "Undo" not in page.text
    assert said(browser, "a") == said(admin, "a") == said(member, "a") == []


def test_the_lists_of_what_waits_are_for_those_who_look_after_pages(member: Browser) -> None:
    answers = [member.get(f"/-/{where}/") for where in ("comments", "proposals")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("for those who look after pages" in answer.text for answer in answers)
