"""The search finds a message by the words inside the documents that it brings."""

import io
import zipfile

import pytest
from sqlalchemy import select

from app.catalog import searching
from app.station import Station
from plugins.archive import file_texts, forgetting, lists
from plugins.archive.archive import Archive
from plugins.archive.door import door_of
from plugins.archive.lists import MailList
from plugins.archive.rows import file_texts as texts
from plugins.archive.rows import messages
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in
from plugins.archive.tests.small_list import NOW, mail
from tests.web.hands import Browser

ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
    "<text:p>Le budget du lavoir comprend une girouette.</text:p></office:text></office:body></office:document-content>"
)


def document() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", ODT)
    return packed.getvalue()


def bring(archive: Archive, list_: MailList, number: int, content: bytes, name: str) -> None:
    message = mail(number, "Pièce jointe", "Voir le fichier.\n")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    take_in(archive, list_, [Raw(bytes(message), "a", NOW)], now=NOW)


@pytest.fixture
def archive(site: Station) -> Archive:
    return door_of(site).archive


@pytest.fixture
def list_(archive: Archive) -> MailList:
    found = lists.find(archive.truth, "vallee")
    assert found is not None
    return found


def kept(archive: Archive) -> list[str]:
    with archive.rows.connect() as connection:
        return [file_texts.unpacked(one) for one in connection.execute(select(texts.c.text)).scalars()]


def test_words_of_a_document_find_its_message(
    archive: Archive, list_: MailList, site: Station, member: Browser
) -> None:
    bring(archive, list_, 70, document(), "budget.odt")
    searching.follow(site.wiki)
    file_texts.read_due(archive)
    searching.follow(site.wiki)

    found = member.get("/listes/vallee/search?q=girouette").text
    assert "Pièce jointe" in found
    assert "<mark>girouette</mark>" in found


def test_each_document_is_read_once(archive: Archive, list_: MailList) -> None:
    bring(archive, list_, 70, document(), "budget.odt")
    bring(archive, list_, 71, document(), "copie.odt")

    assert file_texts.read_due(archive) == "1 documents read"
    assert file_texts.read_due(archive) is None


def test_damaged_document_is_not_asked_again(archive: Archive, list_: MailList) -> None:
    bring(archive, list_, 70, b"PK\x03\x04 no document at all", "budget.odt")

    file_texts.read_due(archive)
    assert kept(archive) == [""]
    assert file_texts.read_due(archive) is None


def test_text_stays_as_long_as_another_message_brings_it(archive: Archive, list_: MailList) -> None:
    bring(archive, list_, 70, document(), "budget.odt")
    bring(archive, list_, 71, document(), "copie.odt")
    file_texts.read_due(archive)
    with archive.rows.connect() as connection:
        key = messages.c.key
        ids = {row.key: row.id for row in connection.execute(select(key, messages.c.id).where(key.like("m7%")))}

    forgetting.erase(archive, list_, [ids["m70@vallee.example"]], "")
    assert len(kept(archive)) == 1
    forgetting.erase(archive, list_, [ids["m71@vallee.example"]], "")
    assert kept(archive) == []


def test_text_of_what_was_erased_meanwhile_is_not_kept(archive: Archive) -> None:
    file_texts._keep(archive, "0" * 64, "girouette")

    assert kept(archive) == []
