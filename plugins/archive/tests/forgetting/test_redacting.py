"""Messages hidden, and words and files taken out of them."""

from email.message import EmailMessage

import pytest

from app.catalog import searching
from app.errors import Invalid
from app.station import Station
from plugins.archive import forgetting, rebuilding
from plugins.archive.archive import Archive
from plugins.archive.lists import MailList
from plugins.archive.packs import name_of
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in
from plugins.archive.tests.forgetting.test_erasing import (  # noqa: F401  (fixtures)
    FILE,
    archive,
    gens,
    raw,
    row,
    secret,
)
from plugins.archive.tests.forgetting.traces import traces
from plugins.archive.tests.small_list import NOW, mail
from tests.web.hands import Browser


def test_hidden_message_is_not_shown(archive: Archive, gens: MailList, member: Browser) -> None:  # noqa: F811
    shown = f"/listes/vallee/m/{row(archive, 80).code}"

    forgetting.hide(archive, gens, [row(archive, 80).id], "nadia")

    assert member.get(shown).status_code == 404
    forgetting.hide(archive, gens, [row(archive, 80).id], "nadia", is_hidden=False)
    assert member.get(shown).status_code == 200


def test_hidden_message_stays_hidden_when_rebuilt(archive: Archive, gens: MailList) -> None:  # noqa: F811
    forgetting.hide(archive, gens, [row(archive, 80).id], "nadia")

    rebuilding.rebuild(archive)

    assert row(archive, 80).is_hidden


def test_words_go_everywhere_over_line_ends(archive: Archive, gens: MailList, site: Station) -> None:  # noqa: F811
    done = forgetting.redact(archive, gens, ["sous la grange, près", "wombatique", "narvalesque"], "nadia")
    searching.follow(site.wiki)

    assert done.messages == 2
    assert traces(site.config.instance, ["sous la grange", "wombatique", "narvalesque"]) == set()
    assert row(archive, 80).subject == "La […] affaire"


def test_redacted_message_does_not_come_back_whole(archive: Archive, gens: MailList) -> None:  # noqa: F811
    forgetting.redact(archive, gens, ["wombatique"], "nadia")

    assert take_in(archive, gens, [raw(secret())], now=NOW).kept_away == 1
    rebuilding.rebuild(archive)
    assert row(archive, 80).subject == "La […] affaire"


def test_file_goes_from_all_messages(archive: Archive, gens: MailList, site: Station) -> None:  # noqa: F811
    big = FILE * 5000

    forgetting.remove_attachment(archive, gens, name_of(big), "nadia")

    assert not site.wiki.files.has(name_of(big))
    assert row(archive, 80).files == 1


def test_too_short_words_are_refused(archive: Archive, gens: MailList) -> None:  # noqa: F811
    with pytest.raises(Invalid):
        forgetting.redact(archive, gens, ["la"], "nadia")


def test_words_that_stand_in_the_html_only_go_too(archive: Archive, gens: MailList) -> None:  # noqa: F811
    message = EmailMessage()
    message["Message-ID"], message["From"] = "<h@example.org>", "a@example.org"
    message.set_content("Le texte sans rien.")
    message.add_alternative("<p>Le texte avec Zanzibarine.</p>", subtype="html")
    take_in(archive, gens, [Raw(bytes(message), "1", NOW)], now=NOW)

    done = forgetting.redact(archive, gens, ["Zanzibarine"], "nadia")

    assert (done.messages, done.left) == (1, ())
    assert all(b"Zanzibarine" not in one.content for one in archive.packs(gens).walk())


def test_words_inside_a_file_are_told(archive: Archive, gens: MailList) -> None:  # noqa: F811
    done = forgetting.redact(archive, gens, ["ornithorynque"], "nadia")

    assert done.documents == (row(archive, 80).code,)


def test_words_go_where_they_stand_alone(archive: Archive, gens: MailList) -> None:  # noqa: F811
    take_in(archive, gens, [raw(mail(82, "Les années", "Ann a planté des années."))], now=NOW)

    forgetting.redact(archive, gens, ["Ann"], "nadia")

    assert row(archive, 82).subject == "Les années"
