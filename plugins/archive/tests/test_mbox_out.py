"""Messages to take along."""

import mailbox
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from app.cli import gare
from app.station import Station
from plugins.archive import lists, mbox_writing
from plugins.archive.door import door_of
from plugins.archive.sources.opening import open_source
from plugins.archive.taking_in import take_in
from plugins.archive.tests.small_list import NOW, code
from tests.web.hands import Browser

LIST = "/listes/vallee.mbox"


def test_list_is_taken_along_and_read_by_another_program(member: Browser, tmp_path: Path) -> None:
    (tmp_path / "all.mbox").write_bytes(member.get(LIST).data)

    with closing(mailbox.mbox(tmp_path / "all.mbox", create=False)) as found:
        ids = [one["Message-ID"] for one in found]

    assert ids == [f"<m{number}@vallee.example>" for number in range(1, 7)]


def test_thread_is_taken_along(member: Browser) -> None:
    answer = member.get(f"/listes/vallee/t/{code(1)}.mbox")

    assert answer.mimetype == "application/mbox"
    assert answer.data.count(b"\nMessage-ID: ") == 3


def test_month_is_taken_along(member: Browser) -> None:
    assert member.get("/listes/vallee/2026/03.mbox").data.count(b"\nMessage-ID: ") == 6


def test_lines_that_begin_with_from_are_marked() -> None:
    written = b"".join(mbox_writing.write([(0, b"Subject: x\n\nFrom here\n>From there")]))

    assert written == (b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\nSubject: x\n\n>From here\n>>From there\n\n")


def test_what_was_taken_along_adds_nothing_when_it_comes_back(site: Station, member: Browser, tmp_path: Path) -> None:
    (tmp_path / "all.mbox").write_bytes(member.get(LIST).data)
    own = lists.find(site.truth, "vallee")
    assert own is not None
    counts = take_in(door_of(site).archive, own, open_source(tmp_path / "all.mbox"), now=NOW)

    assert (counts.read, counts.new, counts.other_version) == (6, 0, 0)


def test_command_writes_a_list(site: Station, tmp_path: Path) -> None:
    place = tmp_path / "out.mbox"
    done = CliRunner().invoke(gare, ["export", "mbox", "vallee", str(place)], env=_of(site))

    assert done.exit_code == 0, done.output
    assert place.read_bytes().count(b"\nMessage-ID: ") == 6


def _of(site: Station) -> dict[str, str]:
    return {"GARE_INSTANCE": str(site.config.instance)}
