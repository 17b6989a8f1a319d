"""Is what people wrote whole, and what is derived from it in step?"""

import time

from sqlalchemy import func, select

from app.catalog import record_guard
from app.catalog.catalog import get_fact
from app.catalog.tables import attachments, search_queue
from app.catalog.tables import pages as page_table
from app.catalog.tables import records as record_table
from app.catalog.unfinished import list_unfinished
from app.checkup.finding import Sayings, care, good
from app.errors import N_
from app.station import Station
from app.wiki.page import path_of

WAITING_SECONDS = 60
MAX_NAMED = 5


def pages(station: Station) -> Sayings:
    """Ask git whether every version is whole."""
    faults = station.wiki.store.fsck()
    for fault in faults[:5]:
        yield care(N_("damaged (%(fault)s). Bring a backup back: gare restore"), fault=fault)
    if not faults:
        yield good(N_("sound"))


def lists(station: Station) -> Sayings:
    """Compare the catalog with git."""
    wiki = station.wiki
    wiki.catch_up()  # what every start does, too
    for fault in wiki.catalog.check()[:3]:
        yield care(N_("damaged (%(fault)s). Build them anew: gare reindex"), fault=fault)
    tip = wiki.store.tip()
    with wiki.catalog.reading() as connection:
        reached = get_fact(connection, "tip")
        known = set(connection.execute(select(page_table.c.path)).scalars())
    there = {path for file, _blob, _size in wiki.store.files(tip) if (path := path_of(file))} if tip else set()
    if reached != tip or known != there:
        yield care(N_("not in step with the pages. Build them anew: gare reindex"))
    else:
        yield good(N_("in step, %(count)s pages"), count=len(known))


def records(station: Station) -> Sayings:
    """Look for forms that cannot be read, and for answers in pages that their forms call private."""
    with station.wiki.catalog.reading() as connection:
        unreadable = record_guard.list_unreadable(connection)
        leaking = record_guard.list_leaking(connection, MAX_NAMED)
        count = connection.execute(select(func.count()).select_from(record_table)).scalar_one()
    for path in unreadable[:MAX_NAMED]:
        yield care(N_("the form %(page)s cannot be read. Change it, or bring an older one back."), page=path)
    for path, key in leaking:
        yield care(N_("%(page)s holds “%(key)s”, which is private. Take that line out."), page=path, key=key)
    if not unreadable and not leaking:
        yield good(N_("in order, %(count)s"), count=count)


def search(station: Station) -> Sayings:
    """Compare the search with the catalog."""
    wiki = station.wiki
    if not wiki.search.is_sound(deep=True):
        yield care(N_("damaged or missing. It is built anew by: gare jobs"))
        return
    with wiki.catalog.reading() as connection:
        waiting, oldest = connection.execute(select(func.count(), func.min(search_queue.c.seq))).one()
        paths = connection.execute(select(page_table.c.path).where(page_table.c.redirect == "")).scalars()
        wanted = {path for path in paths if not path.startswith("_")}  # templates are not searched
    if waiting:
        is_late = time.time() - oldest / 1e9 > WAITING_SECONDS
        yield (care if is_late else good)(N_("%(count)s pages wait. They are read by: gare jobs"), count=waiting)
    elif wanted != {key for key in wiki.search.keys() if ":" not in key}:  # noqa: SIM118
        yield care(N_("not in step with the pages. Build it anew: gare reindex"))
    else:
        yield good(N_("in step"))


def files(station: Station) -> Sayings:
    """Look for each attachment, and for erasures that were stopped."""
    for path in list_unfinished(station.config.instance):
        yield care(N_("erasing %(page)s was stopped. Go on: gare page purge %(page)s"), page=path)
    with station.wiki.catalog.reading() as connection:
        rows = connection.execute(select(attachments.c.page, attachments.c.name, attachments.c.oid)).all()
    missing = [row for row in rows if not station.wiki.files.has(row.oid)]
    for row in missing[:5]:
        yield care(N_("%(name)s of %(page)s is missing. Add it again."), name=row.name, page=row.page)
    if not missing:
        yield good(N_("all there, %(count)s"), count=len(rows))
