"""The editor's form and the page's text: title and keywords have fields of their own, other lines are folded away."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from app.errors import N_, Invalid
from app.wiki import frontmatter

# Characters of what is typed anew; the lines at the top are read again for each change of them.
_LONGEST = {
    "title": (300, N_("This title is too long. Type at most %(cap)s letters.")),
    "tags": (2000, N_("These keywords are too long. Type at most %(cap)s letters.")),
}


@dataclass(frozen=True, slots=True)
class PageForm:
    """A page's text, taken apart for the form. `head` holds the lines between the two `---`, all of them.

    `gap` is what stands between head and text, so that a page that nobody changed is put together byte for byte.
    """

    title: str
    tags: str
    head: str
    gap: str
    text: str


def take_apart(whole: str) -> PageForm | None:
    """Take a page's text apart; None where its head cannot be read, and the writer must see all of it."""
    front = frontmatter.parse(whole)
    if front.fault:
        return None
    block, body = frontmatter.split(whole)
    text = body.lstrip("\n")
    form = PageForm(
        title=front.text("title"),
        tags=", ".join(front.words("tags")),
        head="\n".join(block.splitlines()[1:-1]),
        gap=body[: len(body) - len(text)],
        text=text,
    )
    return form if _joined(form.head, form.gap, form.text) == whole else None


def put_together(typed: Mapping[str, str]) -> str:
    """Give the text of a page from the form's fields; a form without `head` holds the whole in `text`.

    Of title, keywords, readers and writers only what was changed is written: the lines of the head stay as they are.
    Raises Invalid where the head cannot be read any more.
    """
    text = _lines(typed.get("text", ""))
    if "head" not in typed:
        return text
    for name in overlong(typed):
        most, sentence = _LONGEST[name]
        raise Invalid(sentence, cap=most)
    gap = "\n" * typed.get("gap", "1").count("1")
    whole = _joined(_lines(typed["head"]).strip("\n"), gap, text)
    changes: dict[str, frontmatter.Value | None] = {}
    if _changed(typed, "title"):
        changes["title"] = " ".join(typed["title"].split()) or None
    if _changed(typed, "tags"):
        words: list[frontmatter.Value] = [" ".join(tag.split()) for tag in typed["tags"].split(",") if tag.strip()]
        changes["tags"] = words or None
    changes |= {key: typed[key].strip() or None for key in ("audience", "editors") if _changed(typed, key)}
    return frontmatter.rewrite(whole, changes) if changes else whole


def as_typed(typed: Mapping[str, str]) -> str:
    """Give the text of a page to be shown again, whatever was typed at its head."""
    try:
        return put_together({**typed, **{name: typed.get(f"{name}_was", "") for name in overlong(typed)}})
    except Invalid:
        return put_together({**typed, "title": "", "title_was": "", "tags": "", "tags_was": ""})


def overlong(typed: Mapping[str, str]) -> dict[str, str]:
    """Give the fields in which more was typed than can be taken."""
    return {
        name: typed[name] for name, (most, _) in _LONGEST.items() if _changed(typed, name) and len(typed[name]) > most
    }


def check_is_utf8(body: bytes, kind: str) -> None:
    """Refuse the bytes of a form that are no UTF-8: read all the same, they would be kept as something else."""
    sent = unquote_to_bytes(body) if kind == "application/x-www-form-urlencoded" else body
    try:
        sent.decode()
    except UnicodeDecodeError as error:
        raise Invalid(N_("The text holds broken characters. Copy it again from its source.")) from error


def _joined(head: str, gap: str, text: str) -> str:
    return f"---\n{head}\n---\n{gap}{text}" if head else f"{gap}{text}"


def _changed(typed: Mapping[str, str], name: str) -> bool:
    return name in typed and typed[name] != typed.get(f"{name}_was", "")


def _lines(text: str) -> str:
    """Browsers send CRLF."""
    return text.replace("\r\n", "\n")
