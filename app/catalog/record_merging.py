"""Join two changes of one record: key by key at its top, and its free text line by line.

Line by line throughout would put the width of one answer beside the length of another.
"""

from app.forms import merging
from app.wiki import frontmatter
from app.wiki.store import Store


def merge(store: Store, common: str, mine: str, theirs: str) -> str | None:
    """Join two changes of a text; None where both changed the same answer of a record, or the same lines."""
    fronts = [frontmatter.parse(text) for text in (common, mine, theirs)]
    if any(front.fault for front in fronts) or not fronts[2].text("form"):
        return store.merge(common, mine, theirs)
    merged, conflicts = merging.merge(*(front.values for front in fronts))
    if conflicts:
        return None
    bodies = [frontmatter.split(text)[1] for text in (common, mine, theirs)]
    body = bodies[2] if bodies[1] == bodies[0] else store.merge(*bodies)
    changes = merging.changes(fronts[2].values, merged)
    return None if body is None else frontmatter.rewrite(frontmatter.split(theirs)[0] + body, changes)
