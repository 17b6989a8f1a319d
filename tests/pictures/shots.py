"""Which pictures there are: where each is taken, by whom, on what, and beside which page it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.shipped.content import PAGES
from app.wiki.page import FILES_SUFFIX
from plugins.archive.message.identity import code_of
from tests.browser.archive_places import LIST, THREAD
from tests.browser.hands import SEND
from tests.pictures.site import ADMIN, MEMBER

Act = Callable[[Any], None]
PHONE, DESK, HALL = "phone", "desk", "hall"
SCREENS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        PHONE: {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 1.5, "is_mobile": True},
        DESK: {"viewport": {"width": 1280, "height": 800}},
        HALL: {"viewport": {"width": 1280, "height": 1240}},
    }
)
EDGES = MappingProxyType({PHONE: 8, DESK: 3, HALL: 3})  # px of the frame around a picture
HELP = MappingProxyType(
    {
        "fr": {"newcomer": "aide/je-decouvre", "member": "aide/je-participe", "facilitator": "aide/j-anime",
               "administrator": "aide/je-m-occupe-du-site"},
        "en": {"newcomer": "help/new-here", "member": "help/taking-part", "facilitator": "help/facilitating",
               "administrator": "help/looking-after-the-site"},
    }
)  # fmt: skip
SPOKEN = tuple(HELP)
EVENT = {"fr": "/agenda/2026/broyage-au-compost-soupe-a-midi",
         "en": "/agenda/2026/shredding-at-the-compost-soup-at-noon"}  # fmt: skip
SPACE = {"fr": "jardins", "en": "gardens"}
TALK = {"fr": THREAD, "en": code_of("202603020745.josette@vezoline.example")}
HELD = {"fr": "/reunions/2026/2026-11-06-reunion-du-6-novembre-2026",
        "en": "/reunions/2026/2026-11-06-meeting-of-6-november-2026"}  # fmt: skip
NOTES = {
    "fr": """# Réunion des jardins

Présents : Samira, Bernard, Léa

- Il pleut sur les semis depuis octobre.
- Décision : on pose une bâche avant l’hiver.
- À faire : Bernard commande la bâche avant le 15 décembre 2026
""",
    "en": """# Meeting of the gardens

Present: Samira, Bernard, Léa

- It has been raining on the seedlings since October.
- Decision: we put a cover on before winter.
- To do: Bernard orders the cover by 15 December 2026
""",
}


@dataclass(frozen=True)
class Shot:
    """A picture; `owner` is a page of the help or `README`, `part` what is brought to the top of the screen."""

    name: str
    owner: str
    address: str
    screen: str = PHONE
    who: str = ""
    part: str = ""
    act: Act | None = None

    def find_address(self, language: str) -> str:
        """Give the address in the demo of a language."""
        return self.address.format(
            event=EVENT[language], space=SPACE[language], held=HELD[language], talk=TALK[language]
        )


@dataclass(frozen=True)
class Bring:
    """The act that brings notes in, then presses as often as it takes to come to a step."""

    presses: int

    def __call__(self, page: Any) -> None:
        spoken = page.locator("html").get_attribute("lang")
        page.fill("[name=text]", NOTES[spoken])
        for _ in range(self.presses):
            with page.expect_navigation():
                page.locator(SEND).first.click()
        if page.locator("[name=to]").count():
            page.fill("[name=to]", "lesgens@vezoline.example")


HELP_SHOTS = (
    Shot("home", "newcomer", "/"),
    Shot("directory", "newcomer", "/annuaire/initiative/", part="h1"),
    Shot("archive", "newcomer", LIST, part="h1"),
    Shot("coming", "member", "{event}", who=MEMBER, part=".coming"),
    Shot("editor", "member", "/-/edit/{space}/index?section=1", who=MEMBER, part="h1"),
    Shot("thread", "member", f"{LIST}t/{{talk}}", who=MEMBER, part="h1"),
    Shot("found", "facilitator", "/reunions/import", DESK, ADMIN, "h1", Bring(1)),
    Shot("validate", "facilitator", "/reunions/import", DESK, ADMIN, "h1", Bring(2)),
    Shot("board", "administrator", "/-/admin/home", DESK, ADMIN, "h1"),
    Shot("health", "administrator", "/-/admin/health", DESK, ADMIN, "h1"),
)
README_SHOTS = (
    Shot("home", "README", "/", HALL),
    Shot("phone", "README", "/"),
    Shot("agenda", "README", "/agenda/", HALL),
    Shot("minutes", "README", "{held}", HALL),
)
README_LANGUAGE = "fr"


def place_of(shot: Shot, language: str) -> Path:
    """Give the file of a picture."""
    if shot.owner == "README":
        return PAGES / "dev/pictures" / f"{shot.name}.webp"
    page = HELP[language][shot.owner]
    return PAGES / language / f"{page}{FILES_SUFFIX}" / f"{shot.name}.webp"


def shots_in(language: str) -> tuple[Shot, ...]:
    """List what is taken of the demo of a language."""
    return (*HELP_SHOTS, *(README_SHOTS if language == README_LANGUAGE else ()))
