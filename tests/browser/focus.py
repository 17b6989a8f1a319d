"""A walk through a page with the Tab key: what takes the focus, in which order, how well it is seen (U7)."""

from dataclasses import dataclass
from typing import Any

# Numbers of the elements that a keyboard must reach, in the order of the page; of radio buttons, one of each group.
REACHABLE = """() => {
    const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const all = [...document.querySelectorAll("*")];
    return all.filter((each) => each.matches(wanted) && !each.disabled
        && each.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))
        .filter((each, _, others) => {
            if (each.type !== "radio") return true;
            const group = others.filter((other) => other.type === "radio" && other.name === each.name);
            return each === (group.find(({ checked }) => checked) || group[0]);
        })
        .map((each) => all.indexOf(each));
}"""
FOCUSED = """() => {
    const each = document.activeElement;
    if (!each || each === document.body || each === document.documentElement) return null;
    const style = getComputedStyle(each);
    const clear = (colour) => colour === "transparent" || /, 0\\)$/.test(colour);
    let behind = parseFloat(style.outlineOffset) < 0 ? each : each.parentElement;
    while (behind.parentElement && clear(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
    const box = each.getBoundingClientRect();
    return {
        number: [...document.querySelectorAll("*")].indexOf(each),
        html: each.outerHTML.slice(0, 120),
        ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
        colour: style.outlineColor,
        behind: getComputedStyle(behind).backgroundColor,
        isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""
LONGEST = 400  # presses; a walk that takes more is a trap


@dataclass(frozen=True)
class Stop:
    """An element that had the focus; `ring` is the width of its outline in px, `contrast` that of the ring (1 to 21)."""

    number: int
    html: str
    ring: float
    contrast: float
    is_in_view: bool


def list_reachable(page: Any) -> list[int]:
    """List the numbers of the elements that must be reached."""
    numbers: list[int] = page.evaluate(REACHABLE)
    return numbers


def walk(page: Any, key: str = "Tab") -> list[Stop]:
    """Press a key until the focus has been everywhere; raises AssertionError in a trap."""
    stops: list[Stop] = []
    for _ in range(LONGEST):
        page.keyboard.press(key)
        found = page.evaluate(FOCUSED)
        if found is None or (stops and found["number"] == stops[0].number):
            return stops
        assert not stops or found["number"] != stops[-1].number, f"a trap: {found['html']}"
        contrast = _contrast(found["colour"], found["behind"])
        stops.append(Stop(found["number"], found["html"], found["ring"], contrast, found["isInView"]))
    raise AssertionError(f"no end after {LONGEST} presses: {stops[-1].html}")


def _contrast(one: str, other: str) -> float:
    """Compare two CSS colours as WCAG 2 does."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """Give the relative luminance of `rgb(…)`: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [float(part) / 255 for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
