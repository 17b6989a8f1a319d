"""What the archive counts is what was written, on a list with all that mail programs do."""

from pathlib import Path

from sqlalchemy import func, select

from app.station import Station
from plugins.archive import lists
from plugins.archive.door import door_of
from plugins.archive.rows import attachments, messages
from plugins.archive.sources.opening import open_source
from plugins.archive.taking_in import take_in
from tests.bench.mail_corpus import BEGUN, YEARS, MailCorpus, Truth


def test_messages_threads_and_files_of_a_generated_list_are_counted_exactly(site: Station, tmp_path: Path) -> None:
    truth = MailCorpus(600).write(tmp_path / "x")
    archive = door_of(site).archive
    list_ = lists.make(site.truth, "mesure", "Mesure", now=1, address="liste@vallee.example")

    counts = take_in(archive, list_, open_source(tmp_path / "x"), now=BEGUN + YEARS)

    own, files = messages.c.list_id == list_.id, attachments.c.list_id == list_.id
    with archive.rows.connect() as connection:
        found = connection.execute(select(func.count(), func.count(messages.c.thread_id.distinct())).where(own)).one()
        kept = connection.execute(select(func.count(), func.count(attachments.c.oid.distinct())).where(files)).one()
    size = (tmp_path / "x").stat().st_size
    assert Truth(*found, *kept, counts.already_there, size) == truth


def test_the_generated_list_is_the_same_each_time() -> None:
    assert list(MailCorpus(50)) == list(MailCorpus(50))
