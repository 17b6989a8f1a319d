"""An import is taken back: what came in another way, too, stays, and that is said before."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.station import Station
from plugins.archive import forgetting, importing, lists, runs, undoing
from plugins.archive.archive import Archive
from plugins.archive.door import door_of
from plugins.archive.healing import heal
from plugins.archive.lists import MailList
from plugins.archive.rebuilding import rebuild
from plugins.archive.rows import messages
from plugins.archive.runs import Run
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import live
from plugins.archive.tests.test_importing import mbox
from tests.web.conftest import sign_in

FOOTER = b"\n____________\nold mailing list\n"


@pytest.fixture
def archive(site: Station) -> Archive:
    return door_of(site).archive


@pytest.fixture
def old(archive: Archive) -> MailList:
    return lists.make(archive.truth, "old", "Old", now=1)


def imported(archive: Archive, list_: MailList, folder: Path, count: int) -> Run:
    source = folder / f"{count}.mbox"
    source.write_bytes(mbox(count))
    return importing.carry_out(archive, importing.begin(archive, list_, source, "", is_dry=False))


def undone(archive: Archive, run: Run) -> Run:
    importing.ask_to_undo(archive, run)
    return importing.carry_out(archive, run)


def comes_live(archive: Archive, list_: MailList, number: int, end: bytes = FOOTER) -> None:
    content = mbox(number + 1).split(b"From a@b.example")[-1].partition(b"\n")[2].rstrip() + b"\n" + end
    live(archive, list_, Raw(content, "live", 1_772_442_000), now=1_772_442_000)


def keys(archive: Archive, list_: MailList) -> list[str]:
    with archive.rows.connect() as connection:
        own = select(messages.c.key).where(messages.c.list_id == list_.id).order_by(messages.c.id)
        return [key.partition("@")[0] for key in connection.execute(own).scalars()]


def test_what_came_live_as_well_stays(archive: Archive, old: MailList, tmp_path: Path) -> None:
    run = imported(archive, old, tmp_path, 10)
    comes_live(archive, old, 3)
    comes_live(archive, old, 4, b"")

    state = undone(archive, run).state

    assert (state, keys(archive, old)) == ("undone", ["i3", "i4"])
    assert len(archive.packs(old).order()) == 2


def test_what_stays_is_there_when_all_is_made_anew(archive: Archive, old: MailList, tmp_path: Path) -> None:
    run = imported(archive, old, tmp_path, 10)
    comes_live(archive, old, 3)
    undone(archive, run)

    rebuild(archive)

    assert keys(archive, old) == ["i3"]


def test_what_another_import_brought_goes_with_the_last_of_them(
    archive: Archive, old: MailList, tmp_path: Path
) -> None:
    first, second = imported(archive, old, tmp_path, 5), imported(archive, old, tmp_path, 8)

    undone(archive, first)
    left = len(keys(archive, old))
    undone(archive, second)

    assert (left, keys(archive, old)) == (8, [])


def test_an_import_that_brought_it_again_and_was_undone_keeps_nothing(
    archive: Archive, old: MailList, tmp_path: Path
) -> None:
    first, second = imported(archive, old, tmp_path, 5), imported(archive, old, tmp_path, 8)

    undone(archive, second)
    left = len(keys(archive, old))
    undone(archive, first)

    assert (left, keys(archive, old)) == (5, [])


def test_words_taken_out_change_nothing_of_it(archive: Archive, old: MailList, tmp_path: Path) -> None:
    run = imported(archive, old, tmp_path, 5)
    comes_live(archive, old, 3)
    forgetting.redact(archive, old, ["Bonjour 3"], "nadia")

    undone(archive, run)

    assert keys(archive, old) == ["i3"]


def test_what_comes_live_after_words_were_taken_out_stays(archive: Archive, old: MailList, tmp_path: Path) -> None:
    run = imported(archive, old, tmp_path, 5)
    forgetting.redact(archive, old, ["Bonjour 3"], "nadia")
    comes_live(archive, old, 3)

    undone(archive, run)

    assert keys(archive, old) == ["i3"]
    assert all(b"Bonjour 3" not in one.content for one in archive.packs(old).walk())


def test_another_mail_under_its_identifier_is_shown_when_the_first_is_gone(
    archive: Archive, old: MailList, tmp_path: Path
) -> None:
    run = imported(archive, old, tmp_path, 5)
    other = b"From: Z <z@b.example>\nMessage-ID: <i3@b.example>\nSubject: Autre\n\nUne autre lettre.\n"
    live(archive, old, Raw(other, "live", 1_772_442_000), now=1_772_442_000)

    undone(archive, run)

    with archive.rows.connect() as connection:
        own = select(messages.c.subject, messages.c.is_hidden).where(messages.c.list_id == old.id)
        assert [tuple(row) for row in connection.execute(own)] == [("Autre", False)]


def test_undoing_that_was_cut_off_loses_nothing_that_stays(
    archive: Archive, old: MailList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = imported(archive, old, tmp_path, 5)
    comes_live(archive, old, 3)
    importing.ask_to_undo(archive, run)
    with monkeypatch.context() as patch:
        patch.setattr("plugins.archive.packs.Packs.hand_over", lambda *_: 1 / 0)
        importing.carry_out(archive, run)
    monkeypatch.setattr(importing.time, "time", lambda: 9_999_999_999)

    importing.carry_out(archive, runs.get(archive.truth, run.id))

    assert keys(archive, old) == ["i3"]
    assert heal(archive, old, now=1_772_442_000) == 0


def test_one_is_told_what_goes_and_what_stays_before(
    app: Flask, archive: Archive, old: MailList, tmp_path: Path
) -> None:
    admin = sign_in(app, app.extensions["gare"], "Nadia", is_admin=True)
    run = imported(archive, old, tmp_path, 10)
    comes_live(archive, old, 3)
    page = f"/listes/old/imports/{run.id}"

    asked = admin.get(f"{page}/undo").text
    admin.post(page, action="undo")
    importing.run_due(archive)

    assert 'value="undo"' not in admin.get(page).text
    assert "9 mails go." in asked
    assert "1 mail stays" in asked
    assert keys(archive, old) == ["i3"]


def test_nothing_is_asked_of_an_import_that_is_over(app: Flask, archive: Archive, old: MailList) -> None:
    admin = sign_in(app, app.extensions["gare"], "Nadia", is_admin=True)
    looked = admin.post("/listes/old/imports", file=(BytesIO(mbox(2)), "old.mbox"))

    assert admin.get(f"{looked.location}/undo").status_code == 409
    assert undoing.foresee(archive, old, runs.of_list(archive.truth, old.id)[0]) == undoing.Outcome(0, 0)
