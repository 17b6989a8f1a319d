"""One mail of the corpus as bytes: as Thunderbird, Gmail, Outlook and careless programs write it."""

import random
import time
from binascii import b2a_base64, b2a_qp
from dataclasses import dataclass
from email.header import Header
from functools import cache

from tests.bench.words import words_of

LIST = "liste@vallee.example"
PEOPLE = 240
MUNGED = 6  # one in so many writes from a provider whose rules make the list write in its own name
HTML, HTML_ONLY, WRONG = 0.33, 0.03, 0.02  # shares: both texts, HTML alone, another charset than is said
WORDS = (90, 420)
_QUOTED = 2_000  # characters of what is answered
_LINE = 11  # words
_DAYS, _MONTHS = "Mon Tue Wed Thu Fri Sat Sun".split(), "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_STYLE = (
    "<style>"
    + "".join(f"p.Mso{n} {{margin:0cm;font-size:11.0pt;font-family:Calibri}}\n" for n in range(12))
    + "</style>"
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that comes with a message."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A message before it is written; `key` is its Message-ID without brackets, `""` where it has none."""

    number: int
    at: int
    key: str
    subject: str
    is_reply: bool
    answered: "Letter | None"
    references: tuple[str, ...]
    files: tuple[Attached, ...]


@cache
def person(number: int) -> tuple[str, str]:
    """Give the name and the address of a member."""
    chance = random.Random(number)
    first, last = (word.capitalize() for word in chance.choices(words_of("fr").ranked[300:3000], k=2))
    host = (
        "yahoo.example" if number % MUNGED == 0 else chance.choice(("vallee.example", "libre.example", "elan.example"))
    )
    return f"{first} {last}", f"membre{number}@{host}"


def author_of(letter: Letter) -> int:
    """Give the number of who wrote a message."""
    return int(PEOPLE * random.Random(letter.number).random() ** 2)


def entry(content: bytes, at: int) -> bytes:
    """Give a message as it stands in an mbox."""
    return b"From %s %s\n%s\n" % (LIST.encode(), time.asctime(time.gmtime(at + 60)).encode(), content)


class Writer:
    """Writes letters, each with words of its own; a text is remembered as long as somebody may answer it."""

    def __init__(self, chance: random.Random, *, is_plain: bool) -> None:
        self._chance, self._is_plain = chance, is_plain
        self._texts: dict[int, str] = {}

    def write(self, letter: Letter) -> bytes:
        """Write one."""
        fresh = self._fresh()
        self._texts[letter.number] = fresh
        if len(self._texts) > 2000:
            del self._texts[next(iter(self._texts))]
        draw = self._chance.random()
        is_html = not self._is_plain and draw < HTML + HTML_ONLY
        quoted = self._texts.get(letter.answered.number, "")[:_QUOTED] if letter.answered else ""
        style = author_of(letter) % 3
        text = f"Bonjour,\n\n{fresh}\n{self._signed(letter)}{_quoted(letter, quoted, style)}"
        body = self._alternative(letter, text, fresh, quoted, draw) if is_html else self._plain(text)
        body = _mixed(letter, body) if letter.files else body
        return b"%s%s\n" % (_headers(letter), body)

    def _fresh(self) -> str:
        words = words_of("fr").draw(self._chance, self._chance.randint(*WORDS))
        lines = [" ".join(words[at : at + _LINE]) for at in range(0, len(words), _LINE)]
        return "".join(f"{line}.\n\n" if n % 5 == 4 else f"{line}\n" for n, line in enumerate(lines))

    def _signed(self, letter: Letter) -> str:
        return f"\n-- \n{person(author_of(letter))[0]}\n" if self._chance.random() < 0.4 else "\n"

    def _plain(self, text: str) -> bytes:
        draw = self._chance.random()
        if draw < WRONG:
            said, encoding = self._chance.choice((("utf-8", "cp1252"), ("us-ascii", "utf-8"), ("iso-8859-1", "utf-8")))
            return _part(text.encode(encoding, "replace"), f"text/plain; charset={said}", "8bit")
        if draw < 0.15:
            return _part(
                b2a_qp(text.encode("latin-1", "replace")), 'text/plain; charset="ISO-8859-1"', "quoted-printable"
            )
        if draw < 0.25:
            return _part(_base64(text.encode()), "text/plain; charset=UTF-8", "base64")
        return _part(text.encode(), "text/plain; charset=utf-8; format=flowed", "8bit")

    def _alternative(self, letter: Letter, text: str, fresh: str, quoted: str, draw: float) -> bytes:
        html = _part(b2a_qp(_html(letter, fresh, quoted).encode()), "text/html; charset=utf-8", "quoted-printable")
        if draw < HTML_ONLY:
            return html
        plain = _part(b2a_qp(text.encode()), "text/plain; charset=utf-8", "quoted-printable")
        return _multipart("alternative", f"b{letter.number}", [plain, html])


def _headers(letter: Letter) -> bytes:
    number = author_of(letter)
    name, address = person(number)
    host = address.partition("@")[2]
    prefix = ("Re: ", "RE: ", "Re : ")[number % 3] if letter.is_reply else ""
    lines = [
        f"Received: from mail.{host} (mail.{host} [192.0.2.{number}])\n\tby lists.vallee.example with ESMTPS id "
        f"{letter.number:08X}\n\tfor <{LIST}>; {date(letter.at + 30)}",
        *_from(number, name, address), f"To: {LIST}", f"Subject: {_encoded(f'{prefix}[vallee] {letter.subject}')}",
        f"Date: {date(letter.at)}",
    ]  # fmt: skip
    if letter.key:
        lines.append(f"Message-ID: <{letter.key}>")
    if letter.references:
        lines.append(f"In-Reply-To: <{letter.references[-1]}>")
        lines.append("References: " + "\n\t".join(f"<{one}>" for one in letter.references))
    lines += ["List-Id: <liste.vallee.example>", "Precedence: list", "MIME-Version: 1.0", ""]
    return "\n".join(lines).encode()


def _from(number: int, name: str, address: str) -> list[str]:
    if number % MUNGED:
        return [f"From: {_encoded(name)} <{address}>"]
    return [f"From: {_encoded(f'{name} via vallee')} <{LIST}>", f"Reply-To: {_encoded(name)} <{address}>"]


def date(at: int) -> str:
    """Write a Date header."""
    when = time.gmtime(at)
    clock = time.strftime("%H:%M:%S", when)
    return f"{_DAYS[when.tm_wday]}, {when.tm_mday:02} {_MONTHS[when.tm_mon - 1]} {when.tm_year} {clock} +0000"


def _encoded(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=200).encode()


def _quoted(letter: Letter, quoted: str, style: int) -> str:
    if letter.answered is None:
        return ""
    name, address = person(author_of(letter.answered))
    when = time.gmtime(letter.answered.at)
    day, clock = time.strftime("%d/%m/%Y", when), time.strftime("%H:%M", when)
    marked = "".join(f"> {line}\n" for line in quoted.splitlines())
    if style == 0:
        return f"Le {day} à {clock}, {name} a écrit :\n{marked}"
    if style == 1:
        return f"Le {day} à {clock}, {name} <{address}> a\nécrit :\n\n{marked}"
    head = f"De : {name} <{address}>\nEnvoyé : {day} {clock}\nÀ : {LIST}\nObjet : {letter.subject}"
    return f"-----Message d'origine-----\n{head}\n\n{quoted}"


def _html(letter: Letter, fresh: str, quoted: str) -> str:
    said = "".join(f"<p class=MsoNormal>{block}</p>\n" for block in fresh.split("\n\n") if block)
    if not quoted or letter.answered is None:
        return f"<html><head>{_STYLE}</head><body>{said}</body></html>\n"
    name, address = person(author_of(letter.answered))
    answered = f'<div class="gmail_attr">{name} &lt;<a href="mailto:{address}">{address}</a>&gt; a écrit :</div>'
    quote = f'<div class="gmail_quote">{answered}<blockquote>{quoted.replace(chr(10), "<br>")}</blockquote></div>'
    return f"<html><head>{_STYLE}</head><body>{said}{quote}</body></html>\n"


def _mixed(letter: Letter, body: bytes) -> bytes:
    files = [
        _part(
            _base64(one.content), f'{one.kind}; name="{_encoded(one.name)}"', "base64",
            f'Content-Disposition: attachment; filename="{_encoded(one.name)}"\n',
        )
        for one in letter.files
    ]  # fmt: skip
    return _multipart("mixed", f"m{letter.number}", [body, *files])


def _multipart(kind: str, boundary: str, parts: list[bytes]) -> bytes:
    mark = f"--{boundary}".encode()
    inside = b"".join(b"%s\n%s\n" % (mark, one) for one in parts)
    return b'Content-Type: multipart/%s; boundary="%s"\n\n%s%s--\n' % (kind.encode(), boundary.encode(), inside, mark)


def _part(content: bytes, kind: str, way: str, more: str = "") -> bytes:
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: {way}\n{more}\n".encode() + content


def _base64(content: bytes) -> bytes:
    letters = b2a_base64(content, newline=False)
    return b"\n".join([letters[at : at + 76] for at in range(0, len(letters), 76)]) + b"\n"
