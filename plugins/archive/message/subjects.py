"""Subjects without what mail programs put before them."""

import re
import unicodedata

_PREFIX = re.compile(
    r"\s*(?:\[[^\[\]]{0,60}\]|(?P<reply>re|ré|rép|réf|aw|sv|antw)(?:\s?[\[(]\d{1,3}[\])])?\s?:|(?:tr|fwd?|wg)\s?:)\s*",
    re.IGNORECASE,
)
_MOST = 200


def base_of(subject: str) -> tuple[str, bool]:
    """Give the subject folded, without prefixes and `[tags]`, at most 200 characters; and whether it is a reply's."""
    subject = unicodedata.normalize("NFC", " ".join(subject[:2000].split()))
    position, is_reply = 0, False
    while (found := _PREFIX.match(subject, position)) and found.end() > position:
        is_reply = is_reply or bool(found["reply"])
        position = found.end()
    return (subject[position:].casefold() or subject.casefold())[:_MOST].strip(), is_reply
