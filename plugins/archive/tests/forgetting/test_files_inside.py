"""Files that stand inside something else are taken out of messages too, and what is reported is true."""

import binascii
import struct
from email.message import EmailMessage

from sqlalchemy import select

from app.station import Station
from plugins.archive import forgetting, rebuilding
from plugins.archive.archive import Archive
from plugins.archive.lists import MailList
from plugins.archive.message.read import read
from plugins.archive.packs import name_of
from plugins.archive.rows import attachments
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in
from plugins.archive.tests.forgetting.test_erasing import (  # noqa: F401  (fixtures)
    archive,
    gens,
    row,
)
from plugins.archive.tests.forgetting.traces import traces
from plugins.archive.tests.small_list import NOW, code, mail
from tests.web.hands import Browser

PLAN, BILL = b"Le plan secret de la maison, ligne a ligne.\n" * 30, b"Une facture.\n" * 400


def written(name: str, content: bytes) -> str:
    """Write a file as programs did before MIME."""
    lines = [binascii.b2a_uu(content[at : at + 45]).decode() for at in range(0, len(content), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def tnef(*files: tuple[str, bytes]) -> bytes:
    """Write a winmail.dat."""
    pieces = [b"\x78\x9f\x3e\x22\x01\x00"]
    for name, content in files:
        for kind, value in ((0x00069002, b"\0" * 14), (0x00018010, name.encode() + b"\0"), (0x0006800F, content)):
            pieces.append(struct.pack("<BII", 2, kind, len(value)) + value + b"\0\0")
    return b"".join(pieces)


def of_outlook(number: int, *files: tuple[str, bytes]) -> EmailMessage:
    message = mail(number, "De Outlook", "Voici.\n")
    message.add_attachment(tnef(*files), maintype="application", subtype="ms-tnef", filename="winmail.dat")
    return message


def take(archive: Archive, gens: MailList, message: EmailMessage) -> None:  # noqa: F811
    take_in(archive, gens, [Raw(bytes(message), "1", NOW)], now=NOW)


def names(archive: Archive, number: int) -> list[str]:  # noqa: F811
    with archive.rows.connect() as connection:
        own = select(attachments.c.name).where(attachments.c.message_id == row(archive, number).id)
        return sorted(connection.execute(own).scalars())


def kept(archive: Archive, gens: MailList, number: int) -> bytes:  # noqa: F811
    found = row(archive, number)
    return archive.packs(gens).read(found.year, found.raw)


def test_a_file_that_stands_in_the_text_goes_and_a_note_stays(
    archive: Archive, gens: MailList, site: Station  # noqa: F811
) -> None:  # fmt: skip
    take(archive, gens, mail(90, "Plan", f"Avant.\n{written('plan.doc', PLAN)}Après.\n{written('f.txt', BILL)}Fin.\n"))

    done = forgetting.remove_attachment(archive, gens, name_of(PLAN), "nadia")

    assert (done.messages, done.files, done.along, done.left) == (1, 1, (), ())
    assert names(archive, 90) == ["f.txt"]
    assert "Avant.\n[…]\nAprès." in read(kept(archive, gens, 90), now=NOW).text
    assert not site.wiki.files.has(name_of(PLAN))
    rebuilding.rebuild(archive)
    assert names(archive, 90) == ["f.txt"]


def test_the_name_of_that_file_goes_with_it(
    archive: Archive, gens: MailList, site: Station  # noqa: F811
) -> None:  # fmt: skip
    take(archive, gens, mail(90, "Plan", f"Avant.\n{written('okapi.doc', PLAN)}Fin.\n"))

    forgetting.remove_attachment(archive, gens, name_of(PLAN), "nadia")

    assert traces(site.config.instance, ["okapi", "plan secret"]) == set()


def test_a_file_of_outlook_goes_with_all_that_came_in_one_piece(
    archive: Archive, gens: MailList, site: Station  # noqa: F811
) -> None:  # fmt: skip
    take(archive, gens, of_outlook(91, ("plan.doc", PLAN), ("facture.txt", BILL)))

    done = forgetting.remove_attachment(archive, gens, name_of(PLAN), "nadia")

    assert (done.messages, done.files, done.left) == (1, 1, ())
    assert done.along == ("facture.txt", "winmail.dat")
    assert names(archive, 91) == []
    assert not any(site.wiki.files.has(name_of(one)) for one in (PLAN, BILL))


def test_what_went_along_is_said(admin: Browser, archive: Archive, gens: MailList) -> None:  # noqa: F811
    take(archive, gens, of_outlook(91, ("plan.doc", PLAN)))

    said = admin.post(f"/listes/vallee/m/{code(91)}/remove-file", file=name_of(PLAN)).text

    assert "Files that went along" in said
    assert "winmail.dat" in said


def test_files_of_others_stay_where_they_stand_alone(
    archive: Archive, gens: MailList, site: Station  # noqa: F811
) -> None:  # fmt: skip
    take(archive, gens, of_outlook(91, ("plan.doc", PLAN), ("facture.txt", BILL)))
    alone = mail(92, "Facture", "La voici.\n")
    alone.add_attachment(BILL, maintype="text", subtype="plain", filename="facture.txt")
    take(archive, gens, alone)

    forgetting.remove_attachment(archive, gens, name_of(PLAN), "nadia")

    assert names(archive, 92) == ["facture.txt"]
    assert site.wiki.files.has(name_of(BILL))


def test_a_file_that_cannot_be_taken_out_is_told(
    archive: Archive, gens: MailList, site: Station  # noqa: F811
) -> None:  # fmt: skip
    alone = mail(93, "Facture", "La voici.\n")
    alone.add_attachment(BILL, maintype="application", subtype="octet-stream", filename="facture.bin")
    take(archive, gens, alone)
    site.wiki.files.remove(name_of(BILL))  # the message cannot be put together any more

    done = forgetting.remove_attachment(archive, gens, name_of(BILL), "nadia")

    assert (done.messages, done.files, done.left) == (0, 0, (row(archive, 93).code,))
