"""What the doctor says of forms and records."""

from app.checkup.content import records
from app.station import Station
from app.wiki.store import Change

FORM = "title: Tool\nfolder: tools\nfields:\n  - {name: title, type: text, label: Name}\n"
PRIVATE = f"{FORM}  - {{name: key, type: text, label: Key, readers: members}}\n"


def told(station: Station) -> list[str]:
    """Say what needs care."""
    station.wiki.catch_up()
    return [one.sentence % one.values for one in records(station) if not one.is_good]


def push(station: Station, **texts: str) -> None:
    """Write files as an older program would have let somebody push them."""
    with station.wiki.store.writing() as writer:
        changes = [Change(name, text.encode()) for name, text in texts.items()]
        writer.commit(changes, author="m-pushpush", summary="")


def test_records_without_faults_are_in_order(station: Station) -> None:
    push(station, **{"_forms/tool.yaml": PRIVATE, "tools/saw.md": "---\nform: tool\ntitle: Saw\n---\n"})

    assert told(station) == []


def test_a_page_that_holds_a_private_answer_is_named(station: Station) -> None:
    push(station, **{"_forms/tool.yaml": FORM, "tools/saw.md": "---\nform: tool\nkey: under the stone\n---\n"})
    assert told(station) == []
    push(station, **{"_forms/tool.yaml": PRIVATE})

    assert told(station) == ["tools/saw holds “key”, which is private. Take that line out."]


def test_a_form_that_cannot_be_read_is_named(station: Station) -> None:
    push(station, **{"_forms/tool.yaml": "title: ["})

    assert told(station) == ["the form _forms/tool cannot be read. Change it, or bring an older one back."]
