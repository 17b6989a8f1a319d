"""The part of the door for polls: people answer to terms, and nobody changes these by writing the page."""

from app.catalog import editing
from app.catalog.record_rows import RecordRow
from app.errors import N_, Refused
from app.forms import poll as polls
from app.forms.form import Form
from app.forms.types.polls import STATE
from app.people.record_door import RecordDoor
from app.people.viewer import Viewer, signed_in
from app.wiki import frontmatter
from app.wiki.yaml_text import Value

TERMS = N_("Only who asked changes this poll. Ask them, or those who look after this page.")
OUTCOME = N_("A poll is closed on the page of its answers, not here.")
ANY_MEMBER = signed_in("", "m-member", is_admin=False)  # who has nothing but an account


class PollDoor(RecordDoor):
    """Says who leads what is asked, and keeps its terms and its outcome."""

    def may_organise(self, viewer: Viewer, row: RecordRow) -> bool:
        """Tell whether somebody looks after a record, made it, or is chosen to change its page.

        Where every member may change the page that chooses nobody: else all would see names that are not to be shown.
        """
        if not viewer.is_signed_in or not viewer.may_write:
            return False
        if self.may_check(viewer, row) or row.creator == viewer.pseudonym:
            return True
        return self.may_write(viewer, row.path) and not self.may_write(ANY_MEMBER, row.path)

    def check_read_first(self, viewer: Viewer, edit: editing.Edit) -> None:
        """Refuse what no editor leads past; and a text that changes what is asked to all but those who lead it.

        What came of it nobody writes here but who looks after the page.
        What was asked is compared with the text from which the writer started; a change in between is merged later.
        """
        super().check_read_first(viewer, edit)
        row = self.find_record(viewer, edit.path) if edit.base is not None else None
        text = frontmatter.parse(edit.text)
        named = text.text("form")
        forms = (self.find_form(viewer, name) for name in {named, row.form if row else ""} - {""})
        for form in filter(None, forms):
            before, now = (
                self._poll_at_base(viewer, form, edit),
                _poll_in(form, text.values if named == form.name else {}),
            )
            if before == now or self.may_check(viewer, row or edit.path):
                continue
            if row and not self.may_organise(viewer, row):
                raise Refused(TERMS)
            if _state_of(before) != _state_of(now):
                raise Refused(OUTCOME)

    def _poll_at_base(self, viewer: Viewer, form: Form, edit: editing.Edit) -> Value | None:
        if not edit.base or polls.field_of(form) is None:
            return None
        return _poll_in(form, frontmatter.parse(self.revision(viewer, edit.path, edit.base)[2]).values)


def _poll_in(form: Form, values: "dict[str, Value]") -> Value | None:
    field = polls.field_of(form)
    return values.get(field.name) if field else None


def _state_of(value: Value | None) -> "dict[str, Value]":
    return {name: value[name] for name in STATE if name in value} if isinstance(value, dict) else {}
