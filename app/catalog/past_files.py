"""The files that pages have, or had at any time: what neither names is of nobody."""

from app.catalog.recorder import attachment_of
from app.wiki.files import Pointer
from app.wiki.store import Store


def named_oids(store: Store) -> set[str]:
    """Collect the files that any revision of any page names; reads the whole history."""
    tip = store.tip()
    blobs = {
        change.blob
        for commit in (store.log(None, tip) if tip else ())
        for change in commit.files
        if change.blob and attachment_of(change.file)
    }
    pointers = (Pointer.parse(store.read_blob(blob)) for blob in blobs)
    return {pointer.oid for pointer in pointers if pointer}
