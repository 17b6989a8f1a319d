"""What comes with the text of a new record: files beside its page, and who may read it."""

from collections.abc import Mapping

from app.catalog import audience, finding
from app.catalog.describe import own_audience
from app.catalog.readers import opens
from app.catalog.wiki import Session
from app.errors import N_, Conflict
from app.wiki import frontmatter
from app.wiki.files import Pointer
from app.wiki.page import files_folder
from app.wiki.store import Change


def file_changes(session: Session, path: str, files: Mapping[str, Pointer]) -> list[Change]:
    """Give the changes that put files beside a page; raises Conflict where a name was taken meanwhile."""
    there = {file.name.casefold(): file.oid for file in finding.list_attachments(session.connection, path)}
    missing = {name: one for name, one in files.items() if there.get(name.casefold()) != one.oid}
    if any(name.casefold() in there for name in missing):
        raise Conflict(N_("A file of this name has just been added. Send yours again."))
    return [Change(f"{files_folder(path)}/{name}", one.to_bytes()) for name, one in missing.items()]


def with_readers(session: Session, path: str, text: str, said: str) -> str:
    """Write down what a form says of who reads new records, as far as it opens them to no more than the folder."""
    if not said or own_audience(text, frontmatter.parse(text)):
        return text
    folder = audience.effective(session.connection, path, None)
    return text if said == folder or opens(said, folder) else frontmatter.rewrite(text, {"audience": said})
