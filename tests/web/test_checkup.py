"""How the site is doing: shown to administrators, in their language, without examining anything."""

import json
import os
import time
from pathlib import Path

import pytest

from app.backup import schedule
from app.checkup.report import FILE, keep_report
from app.jobs import Runner
from app.serving import marked
from app.station import Station
from tests.web.hands import Browser, form, notices, one, soup

PAGE = "/-/admin/health"


def _words(admin: Browser) -> str:
    return " ".join(soup(admin.get(PAGE)).select_one("main").text.split())


def test_it_is_for_administrators(member: Browser, browser: Browser) -> None:
    for somebody in (member, browser):
        assert somebody.get(PAGE).status_code == 403
        assert somebody.post(PAGE).status_code == somebody.post("/-/admin/backup").status_code == 403


def test_before_anybody_has_looked_it_says_so(admin: Browser) -> None:
    assert "Nobody has looked yet." in _words(admin)
    assert "Nobody has looked lately." in admin.get("/-/admin/").text


def test_what_is_well_is_listed(admin: Browser, site: Station) -> None:
    keep_report(site, time.time(), lambda: None)

    assert "This is well" in _words(admin) and "This needs care" not in _words(admin)
    assert "All is well." in admin.get("/-/admin/").text


def test_a_fault_stands_first_with_its_cure(admin: Browser, site: Station) -> None:
    key = site.config.instance / "secret.key"
    key.chmod(0o644)
    keep_report(site, time.time(), lambda: None)
    page = soup(admin.get(PAGE))

    assert page.select_one("main .care dt").text == "Secret key"
    assert f"Close it: chmod 600 {key}" in page.select_one("main .care dd").text
    assert "1 thing needs care." in admin.get("/-/admin/").text


def test_faults_are_said_in_french(admin: Browser, site: Station) -> None:
    (site.config.instance / "secret.key").chmod(0o644)
    keep_report(site, time.time(), lambda: None)
    admin.client.set_cookie("gare_display", "auto.normal.fr")

    assert "Clé secrète" in _words(admin) and "d’autres peuvent la lire" in _words(admin)


def test_a_report_of_long_ago_is_said(admin: Browser, site: Station) -> None:
    keep_report(site, time.time() - 86_400, lambda: None)

    assert notices(admin.get(PAGE)) == ["Nobody has looked for a long time. Start the site again."]


def test_a_dead_job_process_is_said_though_the_report_is_young(admin: Browser, site: Station) -> None:
    keep_report(site, time.time(), lambda: None)
    with marked(site.config.instance):
        os.utime(site.config.instance / "serving", (time.time() - 600,) * 2)
        said = notices(admin.get(PAGE))

    assert said == ["Nothing has run in the background for 10 minutes. Start the site again."]


def test_nothing_is_examined_for_the_page(admin: Browser, site: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.wiki.store.Store.fsck", lambda _: pytest.fail("git was asked"))
    monkeypatch.setattr("app.catalog.catalog.Catalog.check", lambda _: pytest.fail("the lists were checked"))

    assert admin.get(PAGE).status_code == admin.get("/-/admin/").status_code == 200


def test_the_button_asks_for_a_backup_which_the_job_process_makes(admin: Browser, site: Station) -> None:
    response = admin.post("/-/admin/backup")
    meanwhile = _words(admin)
    has_file = list((site.config.instance / "backups").glob("*"))
    Runner(site).once()

    assert response.status_code == 303 and has_file == []
    assert "A backup is being made" in meanwhile
    assert [file.name[:5] for file in (site.config.instance / "backups").iterdir()] == ["gare-"]
    assert "none yet" not in _words(admin)


def test_who_asked_for_a_backup_is_written_down(admin: Browser) -> None:
    admin.post("/-/admin/backup")

    assert one(admin.get(PAGE), "main .rows li p:first-child").text == "Nadia asked for a backup"


def test_who_changed_the_settings_is_written_down(admin: Browser) -> None:
    admin.post("/-/admin/site", **form(admin.get("/-/admin/site"), "main form"))

    assert one(admin.get(PAGE), "main .rows li p:first-child").text == "Nadia changed the settings of the site"


def test_a_disk_that_cannot_be_written_is_no_obstacle_to_reading_about_it(admin: Browser, instance: Path) -> None:
    (instance / schedule.LOCK_FILE).symlink_to("/nowhere/lock")

    assert "A backup is being made" not in _words(admin)


def test_the_second_button_asks_for_a_new_look(admin: Browser, site: Station) -> None:
    keep_report(site, time.time() - 60, lambda: None)
    admin.post(PAGE)
    meanwhile = _words(admin)
    keep_report(site, time.time(), lambda: None)

    assert "Everything is being looked at." in meanwhile
    assert "Everything is being looked at." not in _words(admin)


def test_a_backup_that_failed_says_the_cure_in_french(admin: Browser, site: Station) -> None:
    values = {"folder": "/media/stick"}
    sentence = "The folder for copies, %(folder)s, is not there. Plug its disk in."
    schedule._note(site.config.instance, schedule.Attempt(time.time(), sentence, values))
    admin.client.set_cookie("gare_display", "auto.normal.fr")

    assert "Le dossier des copies, /media/stick, est introuvable. Branchez son disque." in _words(admin)


def test_each_job_is_shown_in_words_with_what_went_wrong(admin: Browser, site: Station) -> None:
    failed = {"at": 1.0, "error": "no route <b>", "said": None, "seconds": 0.1}
    full = failed | {
        "error": "x",
        "sentence": "The disk of this site is full. Nothing was changed. Tell an administrator.",
    }
    (site.config.instance / "jobs.json").write_text(json.dumps({"mailbox": failed, "search": full}))
    words = _words(admin)

    assert "Let the search follow the pages The disk of this site is full." in words
    assert "mailbox no route <b>" in words


@pytest.mark.parametrize("name", [FILE, "jobs.json", "last-backup.json", "backup-attempt.json"])
def test_a_damaged_file_does_not_break_the_page(admin: Browser, instance: Path, name: str) -> None:
    (instance / name).write_text("{]")

    assert admin.get(PAGE).status_code == 200


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_backup_that_was_made_leaves_no_fault(admin: Browser, site: Station, language: str) -> None:
    schedule.ask(site.config.instance)
    schedule.run(site, time.time())
    admin.client.set_cookie("gare_display", f"auto.normal.{language}")
    page = soup(admin.get(PAGE))

    assert page.select("main .care") == [] and "Project-Id-Version" not in page.text
