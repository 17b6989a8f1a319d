"""Every template of the site, in each of its states: where it is, who looks, what they do there.

A form is looked at with its errors, which has all that the form without any has; so is what can be folded out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import time_ns
from typing import Any

from tests.browser.agenda_places import AGENDA, DATES
from tests.browser.archive_places import ARCHIVE
from tests.browser.demo_site import EDITED, Demo
from tests.browser.home_places import HOME
from tests.browser.life_places import LIFE
from tests.browser.mail_places import MAILS
from tests.browser.minutes_places import MEETING, MINUTES
from tests.browser.people_places import PEOPLE
from tests.browser.polls_places import POLLS
from tests.browser.record_places import RECORDS
from tests.browser.talk import comment, comment_as_visitor, follow_own_comment, judge, send_nothing

Act = Callable[[Any], None]
TEXT = "#gc-field-text"
EARLIER = (*LIFE, *RECORDS, *AGENDA, *MEETING)
LATER = (*ARCHIVE, *HOME, *MINUTES, *POLLS, *PEOPLE, *MAILS)
PLAYGROUND = "accueil/essais"


@dataclass(frozen=True)
class Place:
    """A state of a page; `address` may name `{old}`, an older version of a page, and the secrets of mails."""

    name: str
    address: str
    act: Act | None = None
    is_admin: bool = False

    def __str__(self) -> str:
        return self.name

    def enter(self, page: Any, demo: Demo) -> None:
        """Go there and do what brings the state about."""
        page.goto(self.address.format(old=demo.old_revision, **demo.secrets))
        if "/-/edit/" in page.url or page.locator("[data-drop]").count():
            page.wait_for_selector("html[data-editor=ready]")
        if self.act:
            self.act(page)


def open_all(page: Any) -> None:
    """Open whatever can be folded out."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")


def press(selector: str) -> Act:
    """Give an act that presses a button, and waits for the page that follows."""

    def act(page: Any) -> None:
        with page.expect_navigation():
            page.click(selector)

    return act


def open_dialog(name: str, typed: str = "") -> Act:
    def act(page: Any) -> None:
        page.click(f"[data-do={name}]")
        page.wait_for_selector("dialog[open]")
        if typed:
            page.fill("dialog[open] input", typed)
            page.wait_for_selector("dialog[open] li")

    return act


def save_nameless(page: Any) -> None:
    page.fill(TEXT, "Un texte.")
    page.fill("[name=author]", "")
    press("[value=save]")(page)


def look_ahead(page: Any) -> None:
    page.click("[value=preview]")
    page.wait_for_selector("#gc-preview-body :is(p, h2)")


def leave_a_draft(page: Any) -> None:
    page.fill(TEXT, "Un brouillon.")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.goto(page.url)
    page.wait_for_selector("#gc-drafts li")


def title_it(title: str) -> Act:
    def act(page: Any) -> None:
        page.fill("[name=title]", title)
        press("main .actions button")(page)

    return act


def bad_name(page: Any) -> None:
    page.fill("[name=to]", "charte")
    page.fill("[name=author]", "Nadia")
    press("main .actions button")(page)


def nameless(page: Any) -> None:
    page.fill("[name=author]", "")
    press("main .actions button")(page)


def bad_file(page: Any) -> None:
    """Send what is no picture, as a browser without scripts does."""
    page.evaluate("document.querySelector('[data-without-script]').hidden = false")
    chosen = {"name": "plan.svg", "mimeType": "image/svg+xml", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    page.evaluate("document.addEventListener('change', (event) => event.stopImmediatePropagation(), true)")
    page.set_input_files("[name=file]", chosen)
    press("[data-without-script] button")(page)


def be_overtaken(page: Any) -> None:
    """Save a text while somebody else has changed the same line."""
    base = page.input_value("[name=base]")
    other = {"text": "La ligne des autres.", "base": base, "author": "Karim", "action": "save"}
    page.request.post(page.url, form=other)
    page.fill(TEXT, "Ma ligne.")
    page.fill("[name=author]", "Nadia")
    press("[value=save]")(page)
    page.wait_for_selector("html[data-editor=ready]")


def delete_it(page: Any) -> None:
    page.fill("[name=author]", "Nadia")
    press("main .actions button")(page)


def make_group(page: Any) -> None:
    name = f"groupe-{time_ns()}"  # a new one each time the survey comes by
    page.fill("[name=name]", name)
    page.fill("[name=title]", name)
    press("main form .actions button")(page)


def change_group(page: Any) -> None:
    make_group(page)
    press("main a[href$='/change']")(page)


def no_name_of_group(page: Any) -> None:
    press("main form .actions button")(page)


def make_key(page: Any) -> None:
    page.fill("[name=name]", "agenda de la mairie")
    press("main form:has([name=name]) button")(page)


def no_name_of_site(page: Any) -> None:
    page.fill("[name=title]", "")
    press("main .actions button")(page)


def bad_logo(page: Any) -> None:
    drawing = {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    page.set_input_files("[name=logo]", drawing)
    press("main .actions button")(page)


def no_credit(page: Any) -> None:
    page.check("[name=map_ground][value=tiles]")
    press("main form .actions button")(page)


def no_commune(page: Any) -> None:
    page.fill("[name=table]", "rien")
    press("main form .actions button")(page)


def name_no_server(page: Any) -> None:
    press("main .actions button")(page)
    open_all(page)


def follow_more(page: Any) -> None:
    if page.locator("main select").count():  # until all is followed
        press("main form:has(select) button")(page)


def stop_mails(page: Any) -> None:
    if page.locator("main button.danger").count():  # the survey comes by several times
        press("main button.danger")(page)


PLACES = (
    Place("home, all open", "/", open_all),
    Place("page, all open", "/jardins/", open_all),
    Place("page of all forms", f"/{PLAYGROUND}/formes", open_all),
    Place("page with a broken head", f"/{PLAYGROUND}/abimee", open_all),
    Place("page without end", f"/{PLAYGROUND}/sans-fin"),
    Place("page that moved", f"/{PLAYGROUND}/ancienne"),
    Place("folder", "/accueil"),
    Place("folder, booklet", "/-/booklet/aide"),
    Place("missing page", "/jardins/composte"),
    Place("deleted page", f"/{PLAYGROUND}/perdue"),
    Place("version", f"/-/version/{EDITED}?revision={{old}}"),
    Place("history", f"/-/history/{EDITED}", open_all),
    Place("difference", f"/-/diff/{EDITED}"),
    Place("bare text", f"/-/source/{EDITED}"),
    Place("who wrote what", f"/-/blame/{EDITED}"),
    Place("changes", "/-/changes", open_all),
    Place("all pages", "/-/pages"),
    Place("pages of a space", "/-/pages?space=jardins"),
    Place("wanted pages", "/-/wanted"),
    Place("orphans", "/-/orphans"),
    Place("links", "/-/links/jardins/compost"),
    Place("search, nothing asked", "/-/search"),
    Place("search, hits", "/-/search?q=compost"),
    Place("search, no hits", "/-/search?q=zzyzzx"),
    Place("search, suggestion", "/-/search?q=compsot"),
    Place("directory", "/annuaire/"),
    Place("directory, filtered", "/annuaire/initiative/?theme=food&place=Arzenoux&q=four", open_all),
    Place("directory, all of one filter", "/annuaire/heritage/?all=denomination", open_all),
    Place("directory, nothing found", "/annuaire/initiative/?q=zzyzzx"),
    Place("directory, list", "/annuaire/person/?view=list"),
    Place("directory, table", "/annuaire/tool/?view=table", open_all),
    Place("directory, letters", "/annuaire/initiative/?view=letters"),
    Place("directory, map", "/annuaire/initiative/?view=map"),
    Place("directory, booklet", "/annuaire/heritage/booklet"),
    Place("directory, on another site", "/annuaire/initiative/embed"),
    *(Place(f"agenda, {name}", f"/agenda/{rest}", open_all) for name, rest in DATES),
    Place("rename, error", "/-/rename/jardins/index", bad_name),
    Place("delete, error", f"/-/delete/{EDITED}", nameless),
    Place("notice with undo", f"/-/delete/{PLAYGROUND}/nouvelle", delete_it),
    Place("editor of a part", f"/-/edit/{EDITED}?section=1"),
    Place("editor of a new page", f"/-/edit/{PLAYGROUND}/pas-encore"),
    Place("editor, error", f"/-/edit/{EDITED}", save_nameless),
    Place("editor, preview", f"/-/edit/{EDITED}", look_ahead),
    Place("editor, draft", f"/-/edit/{EDITED}", leave_a_draft),
    Place("editor, link", f"/-/edit/{EDITED}", open_dialog("link", "comp")),
    Place("editor, picture", "/-/edit/jardins/index", open_dialog("picture")),
    Place("editor, table", f"/-/edit/{EDITED}", open_dialog("table")),
    Place("editor, block", f"/-/edit/{EDITED}", open_dialog("blocks")),
    Place("conflict", f"/-/edit/{PLAYGROUND}/dispute", be_overtaken),
    Place("new page, error", "/-/new", title_it("!!!")),
    Place("new page, similar", "/-/new", title_it("compos")),
    Place("files", "/-/files/jardins/index/"),
    Place("files, error", f"/-/files/{EDITED}/", bad_file),
    Place("display", "/-/display"),
    Place("sign in", "/-/signin", open_all),
    Place("sign in, old link", "/-/signin?token=old"),
    Place("invitation that is over", "/-/invite/old"),
    Place("refused", "/-/admin/"),
    Place("signed in", "/", open_all, is_admin=True),
    Place("settings", "/-/admin/", is_admin=True),
    Place("settings, name, error", "/-/admin/site", no_name_of_site, is_admin=True),
    Place("settings, look, error", "/-/admin/look", bad_logo, is_admin=True),
    Place("settings, menu", "/-/admin/menu", is_admin=True),
    Place("settings, rights", "/-/admin/rights", is_admin=True),
    Place("settings, maps, error", "/-/admin/map", no_credit, is_admin=True),
    Place("settings, communes, error", "/-/admin/communes", no_commune, is_admin=True),
    Place("settings, extensions", "/-/admin/plugins", is_admin=True),
    Place("settings, other sites", "/-/admin/embedding", is_admin=True),
    Place("settings, mail server, error", "/-/admin/mail-server", name_no_server, is_admin=True),
    Place("mails that wait", "/-/admin/mails", is_admin=True),
    Place("changes to read again", "/-/reviews/", is_admin=True),
    Place("changes to read again, how many", "/-/reviews/rule", is_admin=True),
    Place("page, followed", f"/{EDITED}", press("form[action*='/-/follow/'] button"), is_admin=True),
    Place("what one follows", "/-/follow", follow_more, is_admin=True),
    Place("how often, from a mail", "/-/unsubscribe/{secret}"),
    Place("how often, stopped from a mail", "/-/unsubscribe/{secret}", stop_mails),
    Place("health", "/-/admin/health", is_admin=True),
    Place("comments, error", f"/-/comments/{EDITED}", send_nothing),
    Place("comments, sent", f"/-/comments/{EDITED}", comment_as_visitor),
    Place("comments, own", f"/-/comments/{EDITED}", follow_own_comment),
    Place("comments", f"/-/comments/{EDITED}", comment, is_admin=True),
    Place("comments, to decide", f"/-/comments/{EDITED}", judge, is_admin=True),
    Place("comments that wait", "/-/comments/", is_admin=True),
    Place("groups, error", "/-/groups/", no_name_of_group, is_admin=True),
    Place("group", "/-/groups/", make_group, is_admin=True),
    Place("group, to change", "/-/groups/", change_group, is_admin=True),
    Place("editor, with rights", f"/-/edit/{EDITED}", open_all, is_admin=True),
    Place("own keys", "/-/me", make_key, is_admin=True),
    Place("own password", "/-/me/password", is_admin=True),
    Place("own address", "/-/me/email", is_admin=True),
    Place("whose device", "/-/signin/device", is_admin=True),
    Place("forms", "/-/forms/", is_admin=True),
    Place("new form, error", "/-/forms/new", press("main .actions button"), is_admin=True),
    Place("form", "/-/forms/edit/offer", is_admin=True),
    Place("form, another question, error", "/-/forms/add/offer", press("main .actions button"), is_admin=True),
    Place("form, one question", "/-/forms/question/offer/kind", open_all, is_admin=True),
    Place("form, when it is asked", "/-/forms/question/offer/price", open_all, is_admin=True),
    Place("form, settings", "/-/forms/settings/offer", open_all, is_admin=True),
    Place("form, to delete", "/-/forms/delete/offer", is_admin=True),
    *(Place(name, at, press(push) if push else None, admin) for name, at, push, admin in EARLIER),
    *(Place(name, at, press(push) if push else open_all, admin) for name, at, push, admin in LATER),
    Place("people", "/-/people/", is_admin=True),
    Place("invite", "/-/people/invite", is_admin=True),
)
