"""Parts: bodies and files, however they are nested, cut off or named."""

import base64

import pytest

from plugins.archive.tests.message.reading import HEAD, UNREADABLE, nested, opened

MIXED = HEAD + b'\nContent-Type: multipart/mixed; boundary="b"'
TOO_DEEP = b"\n"


def test_a_boundary_that_never_closes_ends_with_the_message() -> None:
    assert opened(MIXED, b"--b\nContent-Type: text/plain\n\nhello").text == "hello"


def test_a_part_that_never_closes_ends_where_the_one_around_it_does() -> None:
    inner = b'--b\nContent-Type: multipart/alternative; boundary="c"\n\n--c\n\ninner\n--b\nContent-Type: image/png; name="a.png"\n\nPNG\n--b--'

    found = opened(MIXED, inner)

    assert found.text == "inner"
    assert [one.name for one in found.parts] == ["a.png"]


def test_fifty_levels_are_opened() -> None:
    assert "deep" in opened(HEAD + b"\n" + nested(49, b"Content-Type: text/plain\n\ndeep"), b"").text


def test_nine_hundred_levels_cost_nothing_and_keep_the_headers() -> None:
    found = opened(HEAD + b"\n" + nested(900, b"Content-Type: text/plain\n\ndeep" + b"\n" * 100_000), b"")

    assert found.key == "k@example.org"
    assert UNREADABLE not in found.faults


def test_of_2000_parts_a_thousand_are_looked_at_and_that_is_said() -> None:
    found = opened(MIXED, b"".join(b'--b\nContent-Type: image/png; name="%d.png"\n\nx\n' % n for n in range(2000)))

    assert 900 < len(found.parts) <= 1000
    assert found.faults


@pytest.mark.parametrize(
    "name",
    [b"../../etc/passwd", b"..\\..\\a.exe", b"/etc/passwd", b"a" * 300 + b".pdf", b"a\x00b.txt",
     "\u202egpj.exe".encode(), b"<script>alert(1)</script>.html", b'a"; b=c.pdf', b".htaccess", b"CON.txt"],
)  # fmt: skip
def test_file_names_come_out_harmless(name: bytes) -> None:
    head = HEAD + b'\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="' + name + b'"'

    found = opened(head, b"%PDF").parts[0].name

    assert not any(sign in found for sign in '/\\\0\u202e<>"\n')
    assert not found.startswith(".")
    assert 0 < len(found.encode()) <= 255


@pytest.mark.parametrize(
    "said",
    [b"filename*=UTF-8''caf%C3%A9.pdf", b'filename="=?utf-8?q?caf=C3=A9.pdf?="', 'filename="café.pdf"'.encode(),
     'filename="café.pdf"'.encode("cp1252")],
)  # fmt: skip
def test_file_names_are_read_however_they_are_written(said: bytes) -> None:
    head = HEAD + b"\nContent-Type: application/pdf\nContent-Disposition: attachment; " + said

    assert opened(head, b"%PDF").parts[0].name == "café.pdf"


def test_a_file_of_60_mb_is_taken_whole() -> None:
    content = b"0123456789abcde" * 4_000_000
    head = MIXED + b"\nX: y"
    body = b'--b\n\nhi\n--b\nContent-Type: application/zip; name="a.zip"\nContent-Transfer-Encoding: base64\n\n'

    found = opened(head, body + base64.encodebytes(content) + b"--b--\n")

    assert found.text == "hi"
    assert found.faults == ()
    assert found.parts[0].content == content


def test_an_ordinary_large_file_is_given_with_its_bytes() -> None:
    content = bytes(range(256)) * 4000
    body = b'--b\n\nhi\n--b\nContent-Type: application/zip; name="a.zip"\nContent-Transfer-Encoding: base64\n\n'

    assert opened(MIXED, body + base64.encodebytes(content) + b"--b--\n").parts[0].content == content


@pytest.mark.parametrize("kind", [b"text/calendar", b"image/svg+xml", b"text/x-vcard"])
def test_calendars_and_drawings_are_files(kind: bytes) -> None:
    found = opened(HEAD + b"\nContent-Type: " + kind + b"; charset=utf-8", b"BEGIN:VCALENDAR")

    assert [one.kind for one in found.parts] == [kind.decode()]


def test_a_uuencoded_file_is_taken_out_of_the_text() -> None:
    found = opened(HEAD, b"hi\nbegin 644 f.txt\n#86)C\n`\nend\nbye")

    assert [(one.name, one.content) for one in found.parts] == [("f.txt", b"abc")]
    assert "hi" in found.text
    assert "86)C" not in found.text


def test_a_nested_message_stands_below_with_its_headers() -> None:
    inner = b"--b\n\nouter\n--b\nContent-Type: message/rfc822\n\nFrom: z@example.org\nSubject: within\n\ninner\n--b--"

    found = opened(MIXED, inner).text

    assert found.startswith("outer")
    assert "within" in found
    assert found.endswith("inner")


def test_mail_that_is_html_only_has_a_text_without_code() -> None:
    html = b"<style>p{}</style><p>un</p><script>evil()</script><p>deux <a href='https://example.org/x'>lien</a></p>"

    found = opened(HEAD + b"\nContent-Type: text/html", html)

    assert found.is_from_html
    assert "un" in found.text
    assert "lien" in found.text
    assert "evil" not in found.text
    assert "p{}" not in found.text


def test_plain_text_is_preferred_and_the_html_kept() -> None:
    alternative = HEAD + b'\nContent-Type: multipart/alternative; boundary="b"'
    body = b"--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<p>html</p>\n--b--"

    found = opened(alternative, body)

    assert (found.text, found.html.strip(), found.is_from_html) == ("plain", "<p>html</p>", False)
