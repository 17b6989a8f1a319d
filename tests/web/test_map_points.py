"""The points of a map as bytes: small, the same every time, and what comes back is what went in."""

import gzip
import json
import random

from hypothesis import given
from hypothesis import strategies as st

from app.catalog.record_rows import MapPoint
from app.web.maps.points import COARSE, FINE, INITIAL, MANY, encode_points, plain_slug
from app.wiki.page import slugify

KINDS = (
    "Jardin Atelier Ferme Épicerie Café Moulin Four Recyclerie Fournil Verger Cantine Lavoir Chapelle Fontaine".split()
)
OF = "partagé solidaire associatif paysan du-Vallon des-Deux-Ponts du-Haut des-Sources communal".split()
PARTS = "la ro mi che vil bre mont lou sa ni ter gra bel ver".split()

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
segments = st.from_regex(r"[a-zé0-9][a-z0-9_-]{0,8}", fullmatch=True)


@st.composite
def points(draw: st.DrawFn) -> MapPoint:
    title = draw(texts)
    usual = draw(st.sampled_from([slugify(title) or "x", f"{plain_slug(title) or 'y'}-2", draw(segments)]))
    path = "/".join([*draw(st.lists(segments, max_size=2)), draw(st.sampled_from([usual[0], "z"])), usual])
    lat, lon = draw(st.floats(-90, 90)), draw(st.floats(-180, 180))
    return MapPoint(path, title, lat, lon, tuple(draw(st.lists(segments, max_size=2))))


def decode(content: bytes) -> list[tuple[str, str, float, float, str]]:
    """Read points as pages/dev/map-points.md says; `points.js` does the same."""
    told = json.loads(content)
    found, lat, lon = [], 0, 0
    for number, title in enumerate(told["title"]):
        lat, lon = lat + told["lat"][number], lon + told["lon"][number]
        rest = told["name"][number]
        name = rest[1:] if rest.startswith("=") else plain_slug(title) + rest
        folder = told["folders"][told["folder"][number] if told["folder"] else 0].replace(INITIAL, name[:1])
        key = told["keys"][told["key"][number] if told["key"] else 0]
        found.append((f"{folder}/{name}".lstrip("/"), title, lat / told["scale"], lon / told["scale"], key))
    return found


@given(st.lists(points(), max_size=8))
def test_what_is_encoded_is_read_again(given: list[MapPoint]) -> None:
    found = decode(encode_points(given, "/"))

    expected = [(one.path, one.title, round(one.lat, 5), round(one.lon, 5), (*one.keys, "")[0]) for one in given]
    assert sorted(found) == sorted(expected)


def test_the_same_points_give_the_same_bytes() -> None:
    some = [MapPoint("a/b", "B", 1.0, 2.0), MapPoint("a/a", "A", 1.0, 2.0), MapPoint("c", "C", 0.5, 2.0)]

    assert encode_points(some, "/") == encode_points(some[::-1], "/")


def test_ten_thousand_points_take_100_kilobytes() -> None:
    chance = random.Random(4)
    many = [point(chance, number) for number in range(10_000)]
    content = encode_points(many, "/wiki/")

    assert len(gzip.compress(content, 6)) <= 100_000
    assert json.loads(content)["scale"] == COARSE


def test_a_few_points_are_told_to_a_metre() -> None:
    assert json.loads(encode_points([MapPoint("a", "A", 44.123456, 4.0)] * (MANY - 1), "/"))["scale"] == FINE


def test_a_path_that_follows_from_the_title_is_not_written() -> None:
    told = json.loads(encode_points([MapPoint("annuaire/o/oeuvre-de-l-ete-3", "Œuvre de l’été", 1, 1)], "/"))

    assert told["name"] == ["-3"] and told["folders"] == ["annuaire/*"]


def point(chance: random.Random, number: int) -> MapPoint:
    """Make a place as directories hold them: a kind, perhaps a quality, and a village."""
    village = "".join(chance.choice(PARTS) for _ in range(chance.randint(2, 3))).capitalize()
    title = " ".join([chance.choice(KINDS), *chance.sample(OF, chance.randint(0, 1)), "de", village])
    name = slugify(title) + (f"-{number}" if chance.random() < 0.1 else "")
    key = chance.choice(["idea", "starting", "running", "pause", "ended"])
    return MapPoint(f"annuaire/initiative/{name[0]}/{name}", title, 44 + chance.random(), 4 + chance.random(), (key,))
