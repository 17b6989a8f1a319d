"""U1–U12 over the whole map of addresses: each page has a place where the browser measures it, or stands here by name."""

from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.browser.places import PLACES

# What is no page: for programs, files, images, addresses that lead on.
NO_PAGES = {
    "agenda.points", "agenda_atom.show", "agenda_calendar.show", "agenda_event.calendar", "agenda_event.mine",
    "agenda_linked.show", "agenda_linked_event.event", "answer_export.show", "archive.find", "archive_feed.of_list",
    "archive_feed.of_thread", "archive_file.show", "archive_mbox.of_list", "archive_mbox.of_month",
    "archive_mbox.of_thread", "archive_message.raw", "directory.new", "directory_exports.points",
    "directory_exports.show", "directory_feed.show", "feeds.changes_atom", "feeds.robots", "feeds.sitemap",
    "files.show", "health.show", "importing.template", "logo.show", "map_settings.download", "maps.names",
    "maps.outlines", "maps.search", "maps.tiles", "minutes_book.show", "minutes_feed.show", "openid.ask",
    "openid.enter", "own_data.download", "poll_export.show", "record_files.show", "setup.begin", "static.favicon",
    "static.show", "tools.titles",
}  # fmt: skip
# Measured where a story reaches them: test_setup.py, test_proposals.py, test_sighting.py; the others by what is pressed
# at another place, such as “group, to change” and “comments, own”.
IN_STORIES = {
    "comment.show", "comment_mine.show", "groups.edit", "moderation.edit", "moderation.first", "moderation.look",
    "proposals.mine", "proposals.sent", "propose.edit", "record_moderated.show", "record_own.show",
    "setup.mail", "setup.me", "setup.site", "setup.start", "archive.person",
}  # fmt: skip
# Not measured yet: what only a link of a mail opens, or needs a foreign calendar.
NOT_YET = {
    "agenda_elsewhere.show", "agenda_sources.edit", "answer_mine.show", "archive_asking.confirm",
    "archive_forget.ask_person", "messages.show",
    "messages.stop", "poll_mine.show", "record_answers.show", "record_reports.mine",
}  # fmt: skip


def test_each_has_its_place(app: Flask) -> None:
    there = app.url_map.bind("localhost")
    looked_at = set()
    for place in PLACES:
        try:
            looked_at.add(there.match(urlsplit(place.address).path)[0])
        except HTTPException as error:
            raise AssertionError(f"no address of this site: {place.address}") from error
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.endpoint.startswith("api")
    }

    assert pages - looked_at - NO_PAGES - IN_STORIES - NOT_YET == set()
    assert (NO_PAGES | IN_STORIES | NOT_YET) - (pages - looked_at) == set()
