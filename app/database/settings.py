"""What an administrator sets in the browser: kept in the truth database, the same for every process."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace

from sqlalchemy import Column, Connection, String, Table, Text, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.database.truth import metadata

LANGUAGES = ("fr", "en")
ACCENTS = ("blue", "green", "ochre", "plum")
READING = ("public", "members")
WRITING = ("all", "members", "admins")
COMMENTS = ("off", "members", "all")
GROUNDS = ("none", "tiles", "file")
GEOCODERS = ("none", "ban", "nominatim")

table = Table(
    "settings",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("value", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The site as its administrators named and dressed it."""

    title: str = "Gare Centrale"
    language: str = "fr"
    accent: str = "blue"
    menu: str = ""  # one `words = page` a line; empty: the spaces
    home: str = ""  # the blocks of the home page, as `app/web/board/arrangement.py` writes them; empty: as they come
    home_before: str = ""  # the same before it was put back as at first, to be brought back
    reading: str = "public"  # who reads pages of which nothing is said: public, members
    writing: str = "all"  # who changes them: all, members, admins
    comments: str = "all"  # who comments on pages: off (nobody), members, all
    question: str = ""  # asked of people without an account who contribute; empty: none
    answer: str = ""  # what they must type, however they spell it
    place: str = ""  # where the collective is at home, in words
    languages: str = "fr,en"  # in which the site can be read, separated by commas; its own always is
    logo: str = ""  # its file: the SHA-256, a dot, the extension; empty: none
    set_up: str = ""  # the step at which the set-up wizard waits, while it is not gone through
    demo: str = ""  # language of the demo's pages, where they were loaded
    address: str = ""  # where others find the site, for links in mails; that of gare.toml wins
    smtp_host: str = ""  # these five as in app/config.py, for sites of which gare.toml names no mail server
    smtp_port: str = ""
    smtp_security: str = "starttls"
    smtp_user: str = ""
    mail_from: str = ""
    embedding: str = ""  # sites that show lists in their pages, separated by blanks; `*`: any; empty: none
    review_first: str = "0"  # so many first changes of newcomers are read again; 0: none
    review_since: str = "0"  # who came before was no newcomer any more; seconds since 1970
    map_ground: str = "none"  # what maps are drawn on: none (outlines), tiles (of a server), file (of the instance)
    map_tiles: str = ""  # address of the tiles, with {z}, {x}, {y}
    map_credit: str = ""  # whom the ground is owed to, shown below
    map_zoom: str = "19"  # the largest one that the server has
    map_start: str = ""  # latitude, longitude, zoom at which maps without points open; empty: the territory
    geocoder: str = "none"  # who is asked where an address is: none, ban, nominatim
    geocoder_address: str = ""  # of another server of the same kind
    plugins_on: str = ""  # names of plugins that somebody switched, in a row; `-` before those that are off
    plugins_begun: str = ""  # names of plugins whose ready forms were brought, in a row

    @property
    def switched(self) -> dict[str, bool]:
        """The plugins that somebody switched on or off."""
        return {name.removeprefix("-"): not name.startswith("-") for name in self.plugins_on.split()}

    @property
    def offered(self) -> tuple[str, ...]:
        """The languages in which the site can be read."""
        chosen = self.languages.split(",")
        return tuple(code for code in LANGUAGES if code in chosen or code == self.language)


def load(connection: Connection) -> Settings:
    """Read the settings; what was never set has its default."""
    known = {field.name for field in fields(Settings)}
    rows = connection.execute(select(table.c.key, table.c.value))
    return replace(Settings(), **{key: value for key, value in rows if key in known})


def store(connection: Connection, changes: Mapping[str, str]) -> None:
    """Write some settings; the others stay, whoever changes them at the same moment."""
    replace(Settings(), **changes)  # a name that nobody reads is a mistake
    for key, value in sorted(changes.items()):  # in one order, so that two who write at once do not wait in a ring
        if not _update(connection, key, value):
            with suppress(IntegrityError), connection.begin_nested():  # somebody may write its first value just now
                connection.execute(insert(table), {"key": key, "value": value})
                continue
            _update(connection, key, value)


def exchange(connection: Connection, key: str, old: str, new: str) -> bool:
    """Change one setting that was `old`; tells whether it still was: of several at one moment, one does it."""
    is_old = (table.c.key == key, table.c.value == old)
    return connection.execute(update(table).where(*is_old).values(value=new)).rowcount == 1


def _update(connection: Connection, key: str, value: str) -> bool:
    return connection.execute(update(table).where(table.c.key == key).values(value=value)).rowcount == 1
