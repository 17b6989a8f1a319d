"""Forms made in the browser: their list (`listing`), the questions of one (`building`, `questions`), its `settings`.

A form is a page (`_forms/NAME`): each step here is a save of it, with a notice that takes it back.
"""

from app.web.form_builder import building, listing, questions, settings

BLUEPRINTS = (
    listing.blueprint,  # /-/forms/, /-/forms/new, /-/forms/delete/…
    building.blueprint,  # /-/forms/edit/…: the questions of a form, their order
    questions.blueprint,  # /-/forms/add/…, /-/forms/question/…: one question
    settings.blueprint,  # /-/forms/settings/…: who fills it in, where its records stand
)
