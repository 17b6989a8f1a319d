"""Imports: to their end whatever happens, and back out again."""

import os
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.station import Station
from plugins.archive import importing, incoming, lists, runs
from plugins.archive.archive import Archive
from plugins.archive.door import door_of
from plugins.archive.rows import messages
from tests.web.conftest import sign_in

CHILD = """
import sys
from pathlib import Path
from app import create_app
from plugins.archive import importing, runs
from plugins.archive.door import door_of
importing.PIECE = 200
archive = door_of(create_app(Path(sys.argv[1])).extensions["gare"]).archive
importing.carry_out(archive, runs.get(archive.truth, int(sys.argv[2])))
"""


def mbox(count: int) -> bytes:
    """Write a file of messages."""
    return b"".join(
        b"From a@b.example Mon Mar  2 09:00:00 2026\nFrom: A <a%d@b.example>\nMessage-ID: <i%d@b.example>\n"
        b"Date: Mon, 2 Mar 2026 09:00:00 +0000\nSubject: Import %d\n\nBonjour %d\n\n" % (one % 7, one, one, one)
        for one in range(count)
    )


@pytest.fixture
def archive(site: Station) -> Archive:
    return door_of(site).archive


def kept(archive: Archive, run_id: int) -> int:
    with archive.rows.connect() as connection:
        return connection.execute(select(func.count()).where(messages.c.run_id == run_id)).scalar_one()


def begun(archive: Archive, tmp_path: Path, count: int) -> runs.Run:
    source = tmp_path / "old.mbox"
    source.write_bytes(mbox(count))
    list_ = lists.find(archive.truth, "old") or lists.make(archive.truth, "old", "Old", now=1)
    return importing.begin(archive, list_, source, "", is_dry=False)


def test_an_import_brings_all_and_again_nothing(archive: Archive, tmp_path: Path) -> None:
    first = importing.carry_out(archive, begun(archive, tmp_path, 50)).report
    second = importing.carry_out(archive, begun(archive, tmp_path, 50)).report

    assert (first.read, first.new, first.months) == (50, 50, {202603: 50})
    assert (second.new, second.already_there) == (0, 50)


def test_an_import_that_was_killed_goes_on(archive: Archive, tmp_path: Path) -> None:
    run = begun(archive, tmp_path, 4000)
    folder = archive.station.config.instance
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(folder), str(run.id)])
    until = time.monotonic() + 60
    while not kept(archive, run.id) and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    before = kept(archive, run.id)

    done = importing.carry_out(archive, runs.get(archive.truth, run.id))

    assert 0 < before < 4000
    assert (done.state, done.report.new, kept(archive, run.id)) == ("done", 4000, 4000)
    assert done.report.already_there == 0


def test_a_full_disk_is_said_and_the_import_goes_on(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(archive, tmp_path, 20)
    with monkeypatch.context() as patch:
        patch.setattr(type(archive.files), "put", _full)
        patch.setattr("plugins.archive.packs.Packs.add", _full)
        stopped = importing.carry_out(archive, run)

    done = importing.carry_out(archive, stopped)

    assert (stopped.state, stopped.report.trouble) == ("running", importing.FULL)
    assert (done.state, done.report.new, done.report.trouble) == ("done", 20, "")


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_undoing_takes_out_this_import_alone(archive: Archive, tmp_path: Path) -> None:
    first = importing.carry_out(archive, begun(archive, tmp_path, 10))
    second = importing.carry_out(archive, begun(archive, tmp_path, 30))
    importing.ask_to_undo(archive, second)

    undone = importing.carry_out(archive, second)
    again = importing.carry_out(archive, begun(archive, tmp_path, 30))

    assert (undone.state, kept(archive, first.id), kept(archive, second.id)) == ("undone", 10, 0)
    assert again.report.new == 20


def test_an_export_is_sent_looked_at_and_taken_in(app: Flask, site: Station, archive: Archive) -> None:
    admin = sign_in(app, site, "Nadia", is_admin=True)
    admin.post("/listes/manage", title="Les anciens", name="old")
    sent = admin.post("/listes/old/imports", file=(BytesIO(mbox(12)), "old.mbox"))
    importing.run_due(archive)
    looked = admin.get(sent.location).text
    admin.post(sent.location, action="take")
    waiting = admin.get(sent.location)
    importing.run_due(archive)
    run = runs.of_list(archive.truth, 2)[0]

    assert "Nothing is taken in yet." in looked
    assert "March 2026: 12" in looked
    assert waiting.headers["Refresh"] == "3"
    assert (run.report.new, kept(archive, run.id), run.file) == (12, 12, "")
    assert not list(incoming.folder(archive).glob("*.mail"))


def test_settings_are_kept_and_a_list_goes_by_its_name(app: Flask, site: Station, archive: Archive) -> None:
    admin = sign_in(app, site, "Nadia", is_admin=True)
    admin.post("/listes/manage", title="Les anciens", name="old")
    closed = admin.get("/listes/old/settings").text
    admin.post("/listes/old/settings", title="Les jeunes", audience="public", is_shown="1", keep_months="24")
    changed = lists.find(archive.truth, "old")
    wrong = admin.post("/listes/old/remove", name="new")
    log, ask = admin.get("/listes/old/deeds"), admin.get("/listes/old/remove")
    admin.post("/listes/old/remove", name="old")

    assert "Only you see it until you show it." in closed
    assert changed is not None
    assert (changed.title, changed.is_shown, changed.keep_months) == ("Les jeunes", True, 24)
    assert (wrong.status_code, log.status_code, ask.status_code) == (400, 200, 200)
    assert lists.find(archive.truth, "old") is None


def test_others_look_after_no_list(app: Flask, site: Station, archive: Archive) -> None:
    lists.make(archive.truth, "old", "Old", now=1)
    member = sign_in(app, site, "Idris", is_admin=False)

    assert [member.get(one).status_code for one in ("/listes/manage", "/listes/old/settings", "/listes/old/imports")] == [
        403, 404, 404,
    ]  # fmt: skip
