"""Hands for the tests of taking back: whose changes go, what was left, how many commits it took."""

from app.catalog.attaching import attach
from app.catalog.authored import EVERYWHERE, Reach, Whose
from app.catalog.finding import list_attachments
from app.catalog.taking_back import TakeBack, TakenBack, take_back
from app.catalog.writers import MayWrite, anybody
from app.wiki.uploads import Prepared
from tests.catalog.hands import NADIA, Hands

VERA = "m-veravera"  # whose changes are taken back
LINES = "---\nid: abcdefgh\n---\n" + "\n".join(f"ligne {number}\n" for number in range(1, 10))


def take(
    hands: Hands, after: int = 0, before: int | None = None, reach: Reach = EVERYWHERE, may_write: MayWrite = anybody
) -> TakenBack:
    """Take back all that Vera did."""
    return take_back(hands.wiki, TakeBack(Whose((VERA,), after, before), NADIA, "Retour", reach, may_write))


def left(outcome: TakenBack) -> dict[str, str]:
    """Give by path the pages that were left, and why."""
    return {one.path: str(one.error) for one in outcome.left}


def commits(hands: Hands) -> int:
    """Count the commits of the wiki."""
    return sum(1 for _ in hands.wiki.store.log(None, hands.wiki.store.tip() or ""))


def files(hands: Hands, path: str) -> list[str]:
    """Name the files of a page."""
    with hands.wiki.catalog.reading() as connection:
        return [file.name for file in list_attachments(connection, path)]


def send(hands: Hands, path: str, name: str, author: str, content: bytes = b"un") -> None:
    """Add a file to a page."""
    attach(hands.wiki, path, [Prepared(name, content, "document")], author)
