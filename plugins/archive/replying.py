"""A link that opens one's own mail program with an answer begun: to the list, in the thread, with what was said."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask_babel import gettext

from app.plugin import when
from plugins.archive.words import moment

SHORT, LONG = 500, 1500  # characters quoted: on a page of many messages, on the page of one
MOST = 7000  # characters of the link: more, and some programs open nothing


def reply_to(
    address: str, row: Any, above: Sequence[str], *, who: str, subject: str, text: str, most: int = SHORT
) -> str:
    """Write the link (RFC 6068) that answers a message; empty where the list has no address.

    `above` are the keys of what it answers, the oldest first.
    """
    if not address:
        return ""
    fields = {"subject": subject if subject[:3].casefold() == "re:" else f"Re: {subject}"}
    if not row.key.startswith("sha256-"):
        keys = [key for key in (*above, row.key) if not key.startswith("sha256-")]
        fields |= {"In-Reply-To": f"<{row.key}>", "References": " ".join(f"<{key}>" for key in keys)}
    fields["body"] = _quoted(row, who, text, most)
    link = _link(address, fields)
    while len(link) > MOST and fields["body"]:
        fields["body"] = fields["body"][: len(fields["body"]) // 2]
        link = _link(address, fields)
    return link if len(link) <= MOST else _link(address, {"subject": fields["subject"][:200]})


def _link(address: str, fields: dict[str, str]) -> str:
    return f"mailto:{quote(address, safe='@')}?" + "&".join(f"{name}={quote(said)}" for name, said in fields.items())


def _quoted(row: Any, who: str, text: str, most: int) -> str:
    said = text.strip()
    short = said if len(said) <= most else f"{said[:most].rsplit(' ', 1)[0]} […]"
    lines = "\r\n".join(f"> {line}" for line in short.splitlines())
    day = when(moment(row.at), "date")
    return "\r\n\r\n" + gettext("On %(day)s, %(who)s wrote:", day=day, who=who) + f"\r\n{lines}\r\n" if lines else ""
