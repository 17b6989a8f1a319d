"""Who may do what: the one place that decides. It knows viewers and words, no pages."""

from collections.abc import Collection, Iterable

from app.catalog.readers import ALL, EVERYTHING, MODERATORS, holds, words_of
from app.people.viewer import Viewer


def may_read(viewer: Viewer, audience: str) -> bool:
    """Tell whether somebody belongs to an audience. A group that does not exist has only the administrators."""
    return viewer.is_admin or holds(audience, viewer.tokens)


def may_write(viewer: Viewer, editors: str) -> bool:
    """Tell whether somebody may change pages that these may change, as far as they may be read."""
    if editors == MODERATORS:
        return may_moderate(viewer)
    return viewer.may_write and (editors == ALL or viewer.is_admin or holds(editors, viewer.tokens))


def may_administer(viewer: Viewer, path: str) -> bool:
    """Tell whether somebody may say who reads and changes a page: administrators, referents of its group."""
    return viewer.may_write and (viewer.is_admin or path.startswith(viewer.spaces))


def may_moderate(viewer: Viewer) -> bool:
    """Tell whether somebody looks after any pages: then he decides on proposals and reads changes again."""
    return viewer.may_write and (viewer.is_admin or bool(viewer.spaces))


def readable(viewer: Viewer, of_groups: Iterable[str]) -> tuple[str, ...]:
    """List the audiences that somebody belongs to: SQL compares them whole. `of_groups` are those of the catalog."""
    if viewer.is_admin:
        return (*viewer.audiences, *of_groups)
    tokens_of = frozenset(viewer.tokens)
    return (*viewer.audiences, *(audience for audience in of_groups if holds(audience, tokens_of)))


def tokens(viewer: Viewer, of_groups: Iterable[str]) -> frozenset[str]:
    """List the words by which the search asks: it compares an audience word by word."""
    if not viewer.is_admin:
        return frozenset(viewer.tokens)
    return frozenset(viewer.tokens).union(*map(words_of, of_groups))


def in_fallback(viewer: Viewer) -> Collection[str]:
    """Give the words by which a page is judged that is read from git, where no audience is known beforehand."""
    return EVERYTHING if viewer.is_admin else viewer.tokens


def may_look_after(viewer: Viewer, group: str) -> bool:
    """Tell whether somebody lets people into a group and out of it: administrators and its referents."""
    return viewer.is_admin or group in viewer.referent_of


def may_invite(viewer: Viewer) -> bool:
    """Tell whether somebody invites people: administrators anywhere, referents into their groups."""
    return viewer.is_admin or bool(viewer.referent_of)


def may_sign_in_beside(viewer: Viewer, other: Viewer) -> bool:
    """Tell whether somebody may let another's phone in: administrators, and referents for members of their groups.

    Whoever lets a phone in could keep it: so a referent does it for nobody who sees more than he does.
    """
    is_own = any(name in viewer.referent_of for name in other.groups)
    sees_more = other.is_admin or bool(other.referent_of) or not set(other.groups) <= set(viewer.groups)
    return viewer.is_admin or (is_own and not sees_more)
