"""What has aged: pages that nobody changed, links that lead nowhere, empty parts; each line leads to its cure."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import Tag
from flask import Flask

from app.hooks import Concern, Concerns
from app.people import accounts
from app.people.authors import SYSTEM
from app.station import Station
from app.web import ageing
from app.wiki.store import Change
from tests.web.conftest import sign_in, sign_in_again
from tests.web.hands import Browser, one, soup
from tests.web.life_hands import make, make_form, referent

AGED = "/-/aged"


def push(site: Station, days: int, author: str = "m-nadiabcd", **texts: str) -> None:
    """Change pages some days ago; `a__b` stands for `a/b`."""
    changes = [Change(f"{name.replace('__', '/')}.md", text.encode()) for name, text in texts.items()]
    with site.wiki.store.writing() as writer:
        writer.commit(changes, author=author, summary="", at=datetime.now(UTC) - timedelta(days=days))
    site.wiki.catch_up()


def section(browser: Browser, title: str, query: str = "") -> Tag | None:
    """Find the list below a heading."""
    headings = soup(browser.get(f"{AGED}{query}")).select("main h2")
    found = next((one for one in headings if one.text.startswith(title)), None)
    return found.find_next("ul") if found else None


def titles(browser: Browser, title: str, query: str = "") -> list[str]:
    found = section(browser, title, query)
    return [line.select("a")[0].text for line in found.select("li")] if found else []


def test_where_nothing_has_aged_it_says_so(admin: Browser) -> None:
    assert "All is well: nothing has aged." in admin.get(AGED).text


def test_pages_not_changed_for_a_year_are_listed_the_oldest_first(admin: Browser, site: Station) -> None:
    push(site, 500, vieux="# Vieux\n\nmots\n")
    push(site, 900, ancien="# Ancien\n\nmots\n")
    push(site, 364, jeune="# Jeune\n\nmots\n")

    assert titles(admin, "Not changed for a year") == ["Ancien", "Vieux"]


def test_who_changed_a_page_most_often_knows_it_best(admin: Browser, member: Browser, site: Station) -> None:
    with site.truth.connect() as connection:
        idris, nadia = (accounts.find_named(connection, name) for name in ("Idris", "Nadia"))
    assert idris and nadia
    for days, who in ((700, idris), (600, idris), (500, nadia)):
        push(site, days, who.pseudonym, four=f"il y a {days} jours\n")
    found = section(admin, "Not changed for a year")

    assert found and "Idris knows it best" in found.text and found.select(".aside a")[0]["href"] == "/-/edit/four"


def test_records_patterns_and_pages_that_moved_do_not_age(admin: Browser, site: Station) -> None:
    make_form(site)
    push(site, 500, offre="---\ntitle: Vélo\nform: offre\n---\n## Rien\n", ailleurs="---\nredirect: /four\n---\n",
         _templates__fiche="## Rien\n\n[[nulle part]]\n")  # fmt: skip

    assert "All is well" in admin.get(AGED).text


def test_links_that_lead_nowhere_are_listed_by_page_with_a_way_to_write(admin: Browser) -> None:
    admin.write(
        "b", "# Béton\n\n[[Fête]] [[fete]] [[a]] [ici](/rien/de/tel) [outil](/-/pages) [loin](https://a.example/)\n"
    )
    admin.write("a", "# Argile\n\n[[Pisé]] [[b]]\n")
    found = section(admin, "Links that lead nowhere")
    assert found
    links = found.select(".aside a:not([href*=edit])")

    assert titles(admin, "Links that lead nowhere") == ["Argile", "Béton"]
    assert [link.text for link in links] == ["Write “Pisé”", "Write “Fête”", "Write “rien/de/tel”"]
    assert {admin.get(str(link["href"])).status_code for link in links} == {200}


def test_empty_part_leads_to_its_own_editor_and_goes_when_it_is_filled(admin: Browser) -> None:
    admin.write("four", "# Four\n\nmots\n\n## Horaires\n\n## Accès\n\nà pied\n")
    found = section(admin, "Empty parts of pages")
    assert found
    link = found.select(".aside a")[0]
    assert link.text == "Fill “Horaires”" and "## Horaires" in admin.get(str(link["href"])).text
    admin.write("four", "# Four\n\nmots\n\n## Horaires\n\nle samedi\n\n## Accès\n\nà pied\n")

    assert titles(admin, "Empty parts of pages") == []


def test_long_list_is_cut_and_shown_by_itself(admin: Browser, site: Station) -> None:
    push(site, 500, **{f"p{number:02}": f"# P{number:02}\n\nmots\n" for number in range(ageing.SHOWN + 3)})
    more = next(link for link in soup(admin.get(AGED)).select("main a") if link.text.strip().startswith("and 3 more"))

    assert len(titles(admin, "Not changed for a year")) == ageing.SHOWN
    assert len(titles(admin, "Not changed", str(more["href"]).removeprefix(AGED))) == ageing.SHOWN + 3


@pytest.mark.parametrize("query", ["?only=", "?only=x", "?only=%00", "?only=links&only=empty"])
def test_strange_address_breaks_nothing(admin: Browser, query: str) -> None:
    assert admin.client.get(f"{AGED}{query}", follow_redirects=True).status_code == 200


def test_referent_sees_what_stands_in_her_folder_and_is_open_to_her(app: Flask, site: Station, admin: Browser) -> None:
    rose = sign_in(app, site, "Rose", is_admin=False)
    referent(site, "Rose", "jardins")
    sign_in_again(rose, site, "Rose")
    body = "[[nulle part]]\n\n## Rien\n"
    push(site, 500, jardins__pomme=f"# Pomme\n\n{body}", poire=f"# Poire\n\n{body}",
         jardins__clos=f"---\ntitle: Clos\naudience: admins\n---\n{body}")  # fmt: skip

    for title in ("Not changed", "Empty parts", "Links that"):
        assert titles(rose, title) == ["Pomme"]
        assert sorted(titles(admin, title)) == ["Clos", "Poire", "Pomme"]


def test_it_is_for_those_who_look_after_pages(browser: Browser, member: Browser) -> None:
    assert browser.get(AGED).status_code == member.get(AGED).status_code == 403


def test_the_list_of_proposals_and_that_of_records_lead_there(admin: Browser) -> None:
    for address in ("/-/proposals/", "/-/records/care"):
        assert one(admin.get(address), f"main a[href='{AGED}']").text.strip() == "What has aged"


def test_what_a_plugin_cares_for_is_listed_for_the_reader(admin: Browser, site: Station) -> None:
    line = Concern("Appeler le couvreur", "/four", "Nadia")
    site.hooks.cares += [lambda _: [Concerns("Actions", (line,) * 12, "/all")], lambda _: None]
    found = section(admin, "Actions")

    assert found and len(found.select("li")) == ageing.SHOWN and "Nadia" in found.text
    assert one(admin.get(AGED), "main a[href='/all']").text.strip().startswith("and 2 more")


def test_record_that_links_nowhere_is_listed(admin: Browser, site: Station) -> None:
    make_form(site)
    make(site, "offres/velo", "Un vélo", body="[[Atelier]]")

    assert titles(admin, "Links that lead nowhere") == ["Un vélo"]


def test_a_page_that_is_right_still_leaves_the_list_by_one_press_and_its_history_says_who(
    admin: Browser, site: Station
) -> None:
    push(site, 400, jardins__compost="Quatre bacs.\n")
    sent = admin.post(AGED, path="jardins/compost")

    assert "right still" in admin.get(sent.location).text
    assert titles(admin, "Not changed for a year") == []
    assert "Right still" in admin.get("/-/history/jardins/compost").text
    assert "Quatre bacs." in admin.get("/jardins/compost").text


def test_who_looks_after_nothing_says_it_of_no_page(member: Browser, site: Station) -> None:
    push(site, 400, jardins__compost="Quatre bacs.\n")

    assert member.post(AGED, path="jardins/compost").status_code == 403


def test_pages_as_they_came_with_the_program_are_not_asked_about(admin: Browser, site: Station) -> None:
    push(site, 400, SYSTEM, aide__index="De l’aide.\n")

    assert titles(admin, "Not changed for a year") == []


def test_a_section_of_which_nothing_is_left_leads_to_all(admin: Browser) -> None:
    assert admin.get(f"{AGED}?only=untouched").location == AGED
