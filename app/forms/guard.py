"""What may not come into the repository: forms that cannot be read, and answers that git would never forget."""

from app.errors import N_, Invalid
from app.forms.form import Form
from app.forms.reading import parse
from app.forms.record import leaks
from app.wiki.frontmatter import FrontMatter

HAS_HEAD = N_("A form has no “---” lines. Take them out.")
IS_PRIVATE = N_("“%(key)s” is private. Take that line out, and fill in the form instead.")


def check_form(name: str, text: str) -> None:
    """Refuse the text of a form that cannot be read; raises Invalid."""
    if text.lstrip("\ufeff").startswith("---"):  # it would be taken for the head of a page
        raise Invalid(HAS_HEAD)
    parse(name, text)


def check_record(form: Form, front: FrontMatter, before: FrontMatter) -> None:
    """Refuse a record whose head holds a private answer that it did not hold `before`; raises Invalid.

    What the repository knows already it does not forget: a question that became private must not keep its records from
    being changed.
    """
    for key in leaks(form, front.values):
        if front.values[key] != before.values.get(key):
            raise Invalid(IS_PRIVATE, key=key)
