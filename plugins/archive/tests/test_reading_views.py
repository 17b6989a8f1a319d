"""Lists, threads and months as they are read."""

from urllib.parse import unquote

from app.catalog import searching
from app.station import Station
from plugins.archive import lists
from plugins.archive.door import door_of
from plugins.archive.rows import messages, old_threads, threads
from plugins.archive.sources.raw import Raw
from plugins.archive.taking_in import take_in
from plugins.archive.tests.small_list import NOW, ZOE, code, mail
from tests.web.hands import Browser

HOME = "/listes/vallee/"
OVEN = f"/listes/vallee/t/{code(1)}"


def _change(site: Station, **values: object) -> None:
    own = lists.find(site.truth, "vallee")
    assert own is not None
    lists.change(site.truth, own, **values)


def test_home_of_a_list_says_how_to_subscribe(reader: Browser) -> None:
    assert 'href="mailto:abonnement@vallee.example"' in reader.get(HOME).text


def test_home_of_a_list_leads_to_threads_and_months(reader: Browser) -> None:
    page = reader.get(HOME).text

    assert OVEN in page
    assert "/listes/vallee/2026/03/" in page


def test_thread_stands_on_one_page(reader: Browser) -> None:
    page = reader.get(OVEN).text

    assert page.count("<article") == 3
    assert all(f'id="gc-{code(number)}"' in page for number in (1, 2, 3))


def test_quotes_and_signatures_are_folded(reader: Browser) -> None:
    page = reader.get(OVEN).text

    assert '<details class="quoted signature">' in page
    assert '<details class="quoted quote">' in page


def test_links_in_a_text_can_be_followed(reader: Browser) -> None:
    assert '<a href="https://vallee.example/four" rel="nofollow noopener ugc">' in reader.get(OVEN).text


def test_month_shows_its_threads(reader: Browser) -> None:
    assert OVEN in reader.get("/listes/vallee/2026/03/").text


def test_month_that_is_none_is_refused(reader: Browser) -> None:
    assert reader.get("/listes/vallee/2026/13/").status_code == 404


def test_message_is_found_in_whichever_list(reader: Browser) -> None:
    assert reader.get(f"/listes/m/{code(3)}").location == f"/listes/vallee/m/{code(3)}"


def test_address_in_small_letters_leads_on(reader: Browser) -> None:
    assert reader.get(f"/listes/vallee/m/{code(3).lower()}").location == f"/listes/vallee/m/{code(3)}"


def test_answer_names_what_it_answers(reader: Browser) -> None:
    page = unquote(reader.get(f"/listes/vallee/m/{code(3)}").text)

    assert "mailto:liste@vallee.example?subject=Re: [liste] Le four à pain" in page
    assert "In-Reply-To=<m3@vallee.example>" in page
    assert "References=<m1@vallee.example> <m2@vallee.example> <m3@vallee.example>" in page


def test_answer_quotes_what_was_said(reader: Browser) -> None:
    assert "> Et moi." in unquote(reader.get(f"/listes/vallee/m/{code(3)}").text)


def test_members_see_what_one_person_wrote(member: Browser) -> None:
    person = next(one for one in member.get(OVEN).text.split('"') if one.startswith("/listes/vallee/p/"))

    assert member.get(person).status_code == 200


def test_search_knows_no_address_that_passers_by_are_not_shown(site: Station) -> None:
    list_ = lists.load(site.truth)[0]
    message = mail(20, "Girouette", "Demandez à zwirbel@quokka.example.")
    take_in(door_of(site).archive, list_, [Raw(bytes(message), "a", NOW)], now=NOW)
    searching.follow(site.wiki)

    def count(words: str) -> int:
        return site.wiki.search.search(words, audiences=frozenset({f"list:{list_.id}"})).total

    assert (count("girouette"), count("zwirbel"), count("quokka")) == (1, 0, 0)


def test_old_code_of_a_thread_leads_to_the_thread(site: Station, member: Browser) -> None:
    archive = door_of(site).archive
    with archive.changing() as connection:
        number = connection.execute(threads.select().where(threads.c.code == code(1))).first().id  # type: ignore[union-attr]
        connection.execute(old_threads.insert().values(list_id=1, code="A" * 32, thread_id=number))

    assert member.get(f"/listes/vallee/t/{'A' * 32}").location == OVEN


def test_closed_list_is_not_told_from_none(site: Station, member: Browser) -> None:
    _change(site, is_shown=False)

    assert member.get(HOME).status_code == member.get("/listes/nowhere/").status_code == 404
    assert member.get(f"/listes/m/{code(1)}").status_code == 404
    assert "vallée" not in member.get("/listes/").text


def test_closing_a_list_holds_for_answers_that_were_kept(site: Station, member: Browser) -> None:
    before = member.get(OVEN)
    _change(site, audience="admins")

    assert member.get(OVEN, headers={"If-None-Match": before.headers["ETag"]}).status_code == 404


def test_administrator_reads_a_closed_list(site: Station, admin: Browser) -> None:
    _change(site, is_shown=False)

    assert admin.get(HOME).status_code == 200


def test_page_is_not_sent_twice(reader: Browser) -> None:
    mark = reader.get(OVEN).headers["ETag"]

    assert reader.get(OVEN, headers={"If-None-Match": mark}).status_code == 304


def test_new_message_stands_in_its_thread_at_once(site: Station, member: Browser) -> None:
    member.get(OVEN)
    own = lists.find(site.truth, "vallee")
    assert own is not None
    raw = Raw(bytes(mail(9, "Re: Le four à pain", "Toute dernière.\n", ZOE, 3)), "9", NOW)
    take_in(door_of(site).archive, own, [raw], now=NOW)

    assert "Toute dernière." in member.get(OVEN).text


def test_search_engines_keep_out_of_lists_that_are_not_public(site: Station, member: Browser) -> None:
    public = member.get(OVEN).text
    _change(site, audience="members")

    assert 'name="robots"' not in public
    assert '<meta name="robots" content="noindex">' in member.get(OVEN).text


def test_thread_of_thousands_of_answers_is_paged(site: Station, member: Browser) -> None:
    own = lists.find(site.truth, "vallee")
    assert own is not None
    chain = [mail(100 + number, "Re: Longue", "Encore.\n", ZOE, 99 + number if number else 0) for number in range(1200)]
    take_in(door_of(site).archive, own, [Raw(bytes(one), str(n), NOW) for n, one in enumerate(chain)], now=NOW)
    place = f"/listes/vallee/t/{code(100)}"

    assert member.get(place).text.count("<article") == 200
    assert member.get(f"{place}?page=6").text.count("<article") == 200
    assert f"{place}?page=6#gc-{code(1299)}" in member.get(f"/listes/vallee/m/{code(1299)}").text


def test_hidden_message_is_seen_by_who_looks_after_the_list_only(
    site: Station, member: Browser, admin: Browser
) -> None:
    with door_of(site).archive.changing() as connection:
        connection.execute(messages.update().where(messages.c.code == code(2)).values(is_hidden=True))

    assert member.get(f"/listes/vallee/m/{code(2)}").status_code == 404
    assert member.get(OVEN).text.count("<article") == 2
    assert b"<m2@vallee.example>\nFrom" not in member.get("/listes/vallee.mbox").data
    assert admin.get(OVEN).text.count("<article") == 3
