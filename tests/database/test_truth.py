"""The truth database: what the migrations make is what the tables say, on SQLite and on PostgreSQL."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import BigInteger, Engine, create_engine, inspect

import app.web  # noqa: F401 - so that every part has named its tables
from app.comments import reading, writing
from app.comments.reading import Talk
from app.database import truth
from app.database.engine import make_engine, sqlite_url
from app.follow import rhythm, subscriptions
from app.follow.rhythm import Told
from app.follow.subscriptions import Subject
from app.outbox import health, mails, sending
from app.outbox.smtp import Answer
from app.own_rows import PARTS, read_rows
from app.people import (
    accounts,
    acts,
    authors,
    erasing,
    forgetting,
    identities,
    invitations,
    sessions,
    signin,
    tokens,
    visitors,
)  # fmt: skip
from app.people.identities import Vouched

FAR = 4_000_000_000  # seconds since 1970: the year 2096, after 32 bits have ended


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Give an empty database."""
    made = make_engine(sqlite_url(tmp_path / "truth.db") if request.param == "sqlite"
                       else request.getfixturevalue("postgresql"))  # fmt: skip
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """Give the socket folder of a PostgreSQL that ends with the tests; skip without one."""
    pytest.importorskip("psycopg")
    if not all(shutil.which(name) for name in ("initdb", "pg_ctl")):
        pytest.skip("PostgreSQL is not here")
    with tempfile.TemporaryDirectory(prefix="gare-pg-") as name:
        folder = Path(name)
        if os.geteuid() == 0:  # it refuses to run as root
            shutil.chown(folder, "postgres")
        _pg("initdb", "-D", folder / "data", "-A", "trust", "-U", "gare", "-N", "-E", "UTF8")
        options = f"-k {folder} -c listen_addresses= -c fsync=off"
        _pg("pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
        yield folder
        _pg("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")


def _pg(*command: str | Path) -> None:
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, user=user, cwd="/")


@pytest.fixture
def postgresql(server: Path) -> str:
    """Give the address of an empty database."""
    home = create_engine(f"postgresql+psycopg://gare@/postgres?host={server}", isolation_level="AUTOCOMMIT")
    with home.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS gare")
        connection.exec_driver_sql("CREATE DATABASE gare")
    home.dispose()
    return f"postgresql+psycopg://gare@/gare?host={server}"


def test_the_newest_migration_is_the_one_that_the_program_asks_for() -> None:
    files = sorted(file.name for file in (truth.MIGRATIONS / "versions").glob("[0-9]*.py"))

    assert files[-1].startswith(f"{truth.HEAD}_")


def test_the_migrations_make_the_tables_that_the_program_knows(engine: Engine) -> None:
    truth.migrate(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), truth.metadata)

    assert differences == []


def test_the_migrations_name_constraints_by_the_convention(engine: Engine) -> None:
    truth.migrate(engine)
    seen = inspect(engine)
    named = {"pk_accounts"} if engine.dialect.name == "sqlite" else set()  # AUTOINCREMENT leaves no place for a name
    made = named | {
        *(name for table in truth.metadata.tables if (name := seen.get_pk_constraint(table)["name"])),
        *(key["name"] for table in truth.metadata.tables for key in seen.get_foreign_keys(table)),
        *(key["name"] for table in truth.metadata.tables for key in seen.get_unique_constraints(table)),
    }

    assert made == {
        str(rule.name)
        for table in truth.metadata.tables.values()
        for rule in table.constraints
        if not rule.__visit_name__.startswith("check")
    }


def test_moments_are_kept_beyond_32_bits(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    truth.migrate(engine)
    monkeypatch.setattr("time.time", lambda: FAR)
    with engine.begin() as connection:
        account = accounts.add(connection, "Nadia", is_admin=True)
        secret = accounts.make_link(connection, account.id)
        used = accounts.use_link(connection, secret)

    assert used == account
    narrow = [
        f"{table.name}.{column.name}"
        for table in truth.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_at") and not isinstance(column.type, BigInteger)
    ]
    assert narrow == []


def test_what_is_typed_fits_its_columns_whatever_it_is(engine: Engine) -> None:
    truth.migrate(engine)
    long = "\ufdfa" * 60  # each folds to eighteen letters
    with engine.begin() as connection:
        author = authors.author_for_name(connection, long)
        account = accounts.add(connection, "Na\0dia", is_admin=True)
        secret = tokens.make(connection, account.id, "mai\0rie" + "x" * 100, may_write=False)
        found = authors.find_by_name(connection, long)

        assert found == (author,)
        assert tokens.list_tokens(connection, account.id)[0].name == ("mairie" + "x" * 100)[:80]
        assert tokens.find_bearer(connection, secret) == (account, False)


def test_mails_are_claimed_once_and_put_off_on_every_database(engine: Engine) -> None:
    truth.migrate(engine)
    with engine.begin() as connection:
        for name in ("a", "b"):
            mails.queue(connection, mails.Mail(f"{name}@example.org", "x\t" * 300, "a\0b\ud800", kind="signin"))
    with engine.begin() as first, engine.connect() as second:
        one = sending._claim(first, 100)
        first.commit()
        other = sending._claim(second, 100)
        second.commit()
    sending._wait_for_server(engine, "away")
    with engine.begin() as connection:
        sending._note(connection, one, Answer(is_taken=True))
        told = mails.try_again(connection, one.id), mails.try_again(connection, other.id)
        found = health.examine(connection)
        mails.forget_address(connection, "B@example.org")
        left = mails.count_unsent(connection)

    assert (one.to_address, other.to_address, told, left) == ("a@example.org", "b@example.org", (False, False), 0)
    assert (found.waiting, found.sent) == (1, 1)
    assert sending.tidy(engine) is None


def test_comments_are_written_judged_and_listed_on_every_database(engine: Engine) -> None:
    truth.migrate(engine)
    with engine.begin() as connection:
        first = writing.add(connection, "k7q2m9x4", "un\0" + "x" * 4000, "m-idrisabc")
        writing.add(connection, "k7q2m9x4", "deux", "m-nadiabcd", parent=first.id)
        waiting = writing.add(connection, "k7q2m9x4", "trois", "m-nadiabcd", state="waiting")
        counted, queue = reading.counts(connection), reading.pages_waiting(connection)
        writing.hide(connection, first, "m-nadiabcd", "hors sujet\0" * 100)
        shown = writing.show(connection, waiting, "m-nadiabcd")
        seen = [
            [one.id for one in reading.list_page(connection, Talk("k7q2m9x4", name, is_moderator))[0]]
            for name, is_moderator in (("", False), ("m-idrisabc", False), ("", True))
        ]

    assert (counted, queue, shown) == ({"k7q2m9x4": (2, 1)}, ["k7q2m9x4"], True)
    assert seen == [[3, 1, 2]] * 3  # the place of what was hidden stays: it has an answer


def test_an_upgrade_from_the_first_version_keeps_people_with_their_links_and_keys(engine: Engine) -> None:
    truth.migrate_to(engine, "0001")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO authors VALUES ('m-nadiaaaa', 'Nadia', 'nadia', false, 1)")
        connection.exec_driver_sql("INSERT INTO accounts VALUES (7, 'm-nadiaaaa', 'session-key', true, 1)")
        connection.exec_driver_sql(f"INSERT INTO login_links VALUES ('{accounts.digest('link')}', 7, {FAR})")
        key = f"({1}, '{accounts.digest('key')}', 7, 'mairie', true, 1, NULL)"
        connection.exec_driver_sql(f"INSERT INTO tokens VALUES {key}")
    truth.migrate(engine)

    with engine.begin() as connection:
        nadia = accounts.get(connection, 7)
        assert (nadia.name, nadia.is_admin, nadia.email, nadia.is_blocked) == ("Nadia", True, None, False)
        assert tokens.find_bearer(connection, "key") == (nadia, True)
        assert accounts.use_link(connection, "link") == nadia


def test_people_are_invited_and_sign_in_on_every_database(engine: Engine) -> None:
    truth.migrate(engine)
    with engine.begin() as connection:
        nadia = accounts.add(connection, "Nadia", is_admin=True, email="nadia@example.org")
        zoe = invitations.accept(connection, invitations.make(connection, nadia.id, ceiling=2), "Zoé")
        asked = signin.ask(connection, "nadia@example.org", "192.0.2.1")
        wrong = signin.use_code(connection, asked.ask, "x\0", "192.0.2.1")
        entered = signin.use_code(connection, asked.ask, asked.code, "192.0.2.1")
        secrets = [sessions.start(connection, one.id, is_shared=True, device="") for one in (nadia, zoe)]
        accounts.block(connection, zoe, is_blocked=True)
        acts.note(connection, nadia.pseudonym, "blocked", zoe.pseudonym)
        forgetting.forget_expired(connection)
        found = [sessions.find(connection, secret) for secret in [*secrets, "\0"]]

    assert (wrong, entered) == (None, nadia)
    assert [session and session.account for session in found] == [nadia, None, None]


def test_people_follow_and_are_told_once_on_every_database(engine: Engine) -> None:
    truth.migrate(engine)
    zone = ZoneInfo("Europe/Paris")
    with engine.begin() as connection:
        nadia = accounts.add(connection, "Nadia", is_admin=True).id
        zoe = accounts.add(connection, "Zoé", is_admin=False).id
        new = [subscriptions.add(connection, nadia, Subject("space", name)) for name in ("jardins", "serre", "serre")]
        subscriptions.add(connection, zoe, Subject("space", "jardins"))
        subscriptions.move_space(connection, "jardins", "serre")
        rhythm.choose(connection, nadia, "now", 7, zone)
        now = Told(int(time.time()), 8)
        (due,) = rhythm.list_due(connection, now.until, now)
        claims = [rhythm.claim(connection, due, now, 0) for _ in range(2)]
        own = [subscriptions.list_own(connection, one) for one in (nadia, zoe)]

        assert (new, claims, rhythm.first_told(connection)) == ([True, True, False], [True, False], now.until)
        assert [list(subjects) for subjects in own] == [[Subject("space", "serre")]] * 2
        assert rhythm.list_due(connection, now.until, now) == []


def test_who_is_vouched_for_is_known_again_copied_and_erased_on_every_database(engine: Engine) -> None:
    truth.migrate(engine)
    vouched = Vouched("https://nuage.example.org", "zoe-1", "Zoé", "zoe@example.org")
    with engine.begin() as connection:
        accounts.add(connection, "Nadia", is_admin=True)
        zoe = identities.recognise(connection, vouched, may_make=True)
        again = identities.recognise(connection, vouched, may_make=True)
        assert zoe
        key = tokens.make(connection, zoe.id, "news", may_write=False, scope=tokens.FEED)
        reader = tokens.find_feed_reader(connection, key)
        visitors.add(connection, "Zoé d'avant", "ZOE@example.org")
        copied = {part.key: len(read_rows(connection, zoe, part)) for part in PARTS}
        erasing.erase(connection, zoe)
        left = [account.name for account in accounts.list_all(connection)]

    assert (again, reader, left) == (zoe, zoe, ["Nadia"])
    assert (copied["account"], copied["identities"], copied["keys"], copied["visits"]) == (1, 1, 1, 1)
