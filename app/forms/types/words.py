"""Types that are words: text, long text, tags, web address, e-mail address, telephone number, contact."""

import re
from urllib.parse import urlsplit

from app.errors import N_, Invalid
from app.forms.form import Field
from app.forms.types import entry, phones
from app.forms.types.base import Key, Typed
from app.forms.types.simple import OneText, SeveralWords
from app.wiki.yaml_text import Value

MOST_LETTERS = 300
MOST_OF_LONG = 20_000
MOST_OF_TAG = 60
MOST_OF_ADDRESS = 1_000
MOST_OF_KEY = 120

# As `app.outbox.mails` takes addresses (RFC 5322, dot-atom), but for a domain that needs a dot.
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+{_LABEL}", re.ASCII)
_NO_ADDRESS = re.compile(r"[\s<>\"\\^`{|}]")
_OTHER_SCHEME = re.compile(r"(?!https?:)(?:[a-z][a-z0-9+.-]*://|(?:mailto|javascript|data|tel|file|vbscript):)", re.I)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)

NO_LINK = N_("This is no web address. Example: www.example.org")
NO_EMAIL = N_("This is no e-mail address. Example: name@example.org")


class Text(OneText):
    """One line; at most 300 letters, or as many as the option `most` says."""

    name = "text"

    def spell(self, field: Field, text: str) -> str:
        """Take it as it is."""
        return entry.check_length(text, most_letters(field, MOST_LETTERS))

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Give the beginning of the text: to sort by, and to count short ones."""
        return (Key(text[:MOST_OF_KEY]),) if (text := entry.shown(value)) else ()


class LongText(OneText):
    """Several lines, in Markdown."""

    name = "long_text"

    def check(self, field: Field, value: Value) -> Value | None:
        """Keep the lines."""
        text = entry.lines(entry.text_of(value))
        return entry.check_length(text, most_letters(field, MOST_OF_LONG)) if text else None


class Tags(SeveralWords):
    """Words that anybody may choose freely."""

    name = "tags"

    def spell(self, field: Field, word: str) -> str:
        """Take it as it is, without the `#` that some put before."""
        return entry.check_length(word.lstrip("# ") or word, MOST_OF_TAG)

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Count each tag."""
        return tuple(Key(word) for word in self.words(value))


class Link(OneText):
    """A web address; only http and https, so that nothing runs when it is pressed."""

    name = "link"

    def spell(self, field: Field, text: str) -> str:
        """Add the `https://` that people leave out."""
        if len(text) > MOST_OF_ADDRESS or _NO_ADDRESS.search(text) or _OTHER_SCHEME.match(text):
            raise Invalid(NO_LINK)
        address = text if _SCHEME.match(text) else f"https://{text}"
        if not _has_host(address):
            raise Invalid(NO_LINK)
        scheme, rest = address.split(":", 1)
        return f"{scheme.lower()}:{rest}"

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say it as it is printed: without `https://` and the last slash."""
        return _SCHEME.sub("", entry.shown(value)).removesuffix("/")

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Give one key for all the ways to write an address: twins are found by it."""
        bare = self.plain(field, value, "").casefold().removeprefix("www.")
        return (Key(bare[:MOST_OF_KEY]),) if bare else ()


def _has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return "." in (parts.hostname or "").strip(".") and "@" not in parts.netloc and (parts.port or 1) > 0
    except ValueError:
        return False


class Email(OneText):
    """An e-mail address that stands in the page. Views show it to nobody who is not signed in."""

    name = "email"

    def spell(self, field: Field, text: str) -> str:
        """Write the domain in small letters."""
        local, at, domain = text.removeprefix("mailto:").rpartition("@")
        domain = domain.lower()
        if not at or len(local) > 64 or len(text) > 254 or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
            raise Invalid(NO_EMAIL)
        return f"{local}@{domain}"

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Give the address in small letters: twins are found by it."""
        return (Key(text.casefold()[:MOST_OF_KEY]),) if (text := entry.shown(value)) else ()


class Phone(OneText):
    """A telephone number; held in its international form, said in the national one."""

    name = "phone"

    def spell(self, field: Field, text: str) -> str:
        """Check it by the rules of its country."""
        return phones.read(text, home(field))

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say it as it is dialled at home."""
        return phones.say(entry.shown(value), home(field))

    def type_again(self, field: Field, value: Value) -> Typed:
        """Show it as it is said."""
        return {"": (self.plain(field, value, ""),)}

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Give its international form: twins are found by it."""
        return (Key(text[:MOST_OF_KEY]),) if (text := entry.shown(value)) else ()


class Contact(Email):
    """An address that is only written to: always private, shown as a button."""

    name = "contact"

    def plain(self, field: Field, value: Value, language: str) -> str:
        """Say nothing: whoever may write presses the button."""
        return ""

    def keys(self, field: Field, value: Value) -> tuple[Key, ...]:
        """Be found by nothing."""
        return ()


def most_letters(field: Field, otherwise: int) -> int:
    """Say how many letters an answer may have: the option `most`, within what the type allows."""
    said = field.options.get("most", "")
    return min(int(said), otherwise) if isinstance(said, str) and said.isdecimal() and len(said) < 7 else otherwise


def home(field: Field) -> str:
    """Name the country (`33`) whose numbers need no `+`: the option `country`, France without it."""
    said = field.options.get("country", "")
    return phones.country_code(said) if isinstance(said, str) else phones.HOME
