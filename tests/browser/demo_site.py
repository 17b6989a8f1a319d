"""The site of the browser tests: the French demo behind `gare serve`, and beside it what each state of a page needs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from app.answers.poll_mails import make_link
from app.answers.recipients import make_stop
from app.catalog.editing import Edit
from app.catalog.moving import Rename
from app.catalog.searching import follow
from app.cli.init import create
from app.config import FILE, load
from app.database.settings import Settings
from app.follow import unsubscribing
from app.hooks import Hooks
from app.people import accounts
from app.people.viewer import ANONYMOUS
from app.shipped import content
from app.station import Station, open_station
from app.wiki.frontmatter import parse
from app.wiki.page import file_of
from app.wiki.store import Change
from plugins.minutes import links
from tests.browser.agenda_places import SATURDAYS
from tests.browser.minutes_places import HELD
from tests.browser.polls_places import DATES
from tests.cli.nursery import Nursery
from tests.cli.served import Served, serving

# One process is enough for one browser; nobody counts how often a test asks.
SETTINGS = 'workers = 1\nrequest_rate = "100000 per minute"\nwrite_rate = "100000 per minute"\n'
EDITED = "jardins/compost"
TO_BE_DONE = "9818f240"  # what Lucie does after that meeting
LATELY = "\n## Le broyeur\n\nIl est réparé. **Bernard** le prête le samedi.\n"
BROKEN = "---\ntitle: &ancre La salle\n---\n\nLe poêle est allumé dès 18 h.\n"
ALL_KINDS = """---
title: Toutes les formes
tags: [essai, formes]
---

Un paragraphe avec **du gras**, *de l’italique*, ~~du barré~~, `du code`, une note[^note], un lien vers la
[[Charte]], vers une page [[à écrire bientôt]], vers [un autre site](https://example.org/ailleurs) et une adresse
nue, https://example.org/une-adresse-si-longue/que/le/telephone-doit-la-couper/quelque-part.html

## Des listes

- une puce
    - et dessous une autre
- [ ] à faire
- [x] fait

1. un
2. deux

Terme
: sa définition

### Un tableau

| Gauche | Milieu | Droite |
|:-------|:------:|-------:|
| un     |  deux  |  1 250 |

> Une citation.

```
du code sur une ligne si longue qu’elle ne tient sur aucun téléphone, ni même sur la plupart des ordinateurs de bureau
```

## Des blocs

{{pages space="jardins"}}

{{changes count=3}}

{{include page="Charte"}}

{{directory form="initiative" where="theme=food" count=2}}

{{directory form="tool" view="table" count=2}}

{{directory form="initiative" view="latest" count=3}}

{{agenda count=3}}

{{agenda view="month" month="2026-12"}}

{{inconnu}}

{{include page="nulle part"}}

#### Un titre plus petit

<details><summary>À déplier</summary>

Du texte caché.

</details>

![La carte de la vallée](/accueil/bienvenue.files/carte.png)

[^note]: En bas de page.
"""


PAGES = (
    ("formes", ALL_KINDS),
    ("perdue", "Bientôt perdue.\n"),
    ("ancienne", "Elle a déménagé.\n"),
    ("cible", "Pour les formulaires que l’on remplit de travers.\n"),
)


@dataclass
class Demo:
    """The served site; `links` are secrets that sign the administrator in, one each time, `secrets` those of mails."""

    served: Served
    links: list[str]
    old_revision: str
    secrets: dict[str, str]

    @property
    def address(self) -> str:
        return self.served.address

    @property
    def instance(self) -> Path:
        return self.served.instance


@contextmanager
def serve_demo(folder: Path, nursery: Nursery) -> Iterator[Demo]:
    """Make the site and serve it, with its job process."""
    instance = folder / "instance"
    shown = content.demo("fr")
    title = parse(shown.pages["index"]).text("title")
    create(instance, Settings(title, "fr", demo="fr"), content.starter("fr").with_others(shown), has_plugins=True)
    with (instance / FILE).open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    station = open_station(load(instance), Hooks())
    try:
        old_revision = _prepare(station)
        links, secrets = _make_links(station), _make_secrets(station)
    finally:
        station.close()
    with serving(instance, folder / "log", nursery=nursery) as served:
        while not (instance / "mail/demo").exists():  # the list of the demo comes by the job process
            time.sleep(0.05)
        yield Demo(served, links, old_revision, secrets)


def _prepare(station: Station) -> str:
    """Make what no demo page shows: versions, a moved, a deleted, a broken and an endless page; all below `accueil`."""
    door, nadia = station.door, station.door.author_of(ANONYMOUS, "Nadia")
    page, text = door.text(ANONYMOUS, EDITED)
    door.save(ANONYMOUS, Edit(EDITED, text + LATELY, page.revision, nadia, "le broyeur"))
    for path, typed in PAGES:
        door.save(ANONYMOUS, Edit(f"accueil/essais/{path}", typed, None, nadia))
    door.delete(ANONYMOUS, "accueil/essais/perdue", nadia)
    door.rename(ANONYMOUS, Rename("accueil/essais/ancienne", "accueil/essais/nouvelle", nadia))
    endless = "# Sans fin\n\n" + "Un mot et puis un autre.\n" * (station.config.render_bytes // 20)
    door.save(ANONYMOUS, Edit("accueil/essais/sans-fin", endless, None, nadia))
    with station.wiki.store.writing() as writer:  # the door refuses such a head; a push does not
        writer.commit([Change(file_of("accueil/essais/abimee"), BROKEN.encode())], author=nadia, summary="")
    station.wiki.catch_up()
    follow(station.wiki)
    return page.revision


def _make_links(station: Station) -> list[str]:
    with station.truth.begin() as connection:
        account = accounts.add(connection, "Samira", is_admin=True)
        return [accounts.make_link(connection, account.id) for _ in range(4)]


def _make_secrets(station: Station) -> dict[str, str]:
    """Make those of mails: how often they come, an answer to a poll, what became of an action, no more of them."""
    key = station.config.secret_key
    with station.truth.begin() as connection:
        account, lucie = accounts.find_named(connection, "Samira"), accounts.add(connection, "Lucie", is_admin=False)
    assert account
    held, poll, event = (station.door.find(ANONYMOUS, path) for path in (HELD, DATES, SATURDAYS))
    action = SimpleNamespace(meeting=SimpleNamespace(row=held), id=TO_BE_DONE, due=date(2026, 12, 31))
    return {
        "secret": unsubscribing.make(key, account),
        "poll": make_link(key, poll.id, account),
        "action": links.make(station, action, lucie).rpartition("/")[2],
        "lucie": lucie.pseudonym,
        "stop": make_stop(key, event.id, "zoe@example.org"),
    }
