"""Hands that write plugins down: the sources of one that does one thing of every kind."""

from pathlib import Path
from textwrap import dedent

PLUGIN = '''
    """A plugin for tests."""

    from app.errors import N_
    from app.plugin import Job, Line, Macro, Plugin, Section

    from .tables import metadata

    heard = []


    class Bells(Plugin):
        """Rings."""

        name = "bells"
        title = N_("Bells")
        help = N_("Rings.")
        word = "cloches"
        menu = (("Bells", ""), ("Loud bells", "loud"))
        tables = metadata

        def blueprints(self):
            from .views import blueprint
            return [blueprint]

        def macros(self):
            return [Macro("bells", lambda context, arguments: "<p>ding</p>", "Rings.", "{{bells}}")]

        def jobs(self):
            return [Job("bells-ring", 1, lambda: f"rang in {self.station.config.instance.name}")]

        def commands(self):
            from .commands import ring
            return [ring(self)]

        def digest(self, viewer, since, until):
            return Section("Bells", (Line("dong"),))

        def collection(self, form):
            return "/cloches/loud" if form == "bell" else None

        def is_own_page(self, path):
            return path.startswith("cloches/pages/")

        def on_saved(self, event):
            heard.append(event)

        def on_renamed(self, event):
            heard.append(event)

        def on_deleted(self, event):
            heard.append(event)

        def change_markdown(self, text):
            return text.replace("cloche", "carillon")

        def change_html(self, html):
            return html.replace("</p>", " ding</p>")
'''
TABLES = '''
    """Its table."""

    from sqlalchemy import Column, Integer, Table

    from app.plugin import new_metadata

    metadata = new_metadata()
    rung = Table("bells_rung", metadata, Column("id", Integer, primary_key=True))
'''
MIGRATION = '''
    """Its table."""

    import sqlalchemy as sa
    from alembic import op

    revision = "0001"
    down_revision = None


    def upgrade():
        op.create_table("bells_rung", sa.Column("id", sa.Integer, primary_key=True))
'''
VIEWS = '''
    """Its views."""

    from flask import Blueprint

    from app.plugin import render

    blueprint = Blueprint("bells", __name__)


    @blueprint.get("/")
    def show():
        return render("bells/show.html")


    @blueprint.post("/")
    def ring():
        return "rung"


    @blueprint.get("/loud")
    def loud():
        return render("bells/loud.html")


    @blueprint.get("/room/")
    def room():
        return render("bells/loud.html")
'''
COMMANDS = '''
    """Its command."""

    import click
    from sqlalchemy import insert

    from .tables import rung


    def ring(plugin):
        @click.command("ring")
        @click.option("--times", default=1)
        def run(times):
            with plugin.station.truth.begin() as connection:
                connection.execute(insert(rung), [{} for _ in range(times)])
            click.echo("ding " * times)
        return run
'''
SHOW = '{% extends "base.html" %}{% block title %}Bells{% endblock %}{% block main %}<h1>Bells</h1>{% endblock %}'
LOUD = '{% extends "base.html" %}{% block title %}Loud{% endblock %}{% block main %}<h1>DONG</h1>{% endblock %}'
FORM = "title: Cloche\nfields:\n  - name: title\n    type: text\n    label: Nom\n"
FILES = {
    "__init__.py": '"""Bells."""\n',
    "plugin.py": PLUGIN,
    "tables.py": TABLES,
    "migrations/0001_rung.py": MIGRATION,
    "views.py": VIEWS,
    "commands.py": COMMANDS,
    "templates/bells/show.html": SHOW,
    "templates/bells/loud.html": LOUD,
    "templates/pages/deleted.html": "a plugin must not replace a template of the program",
    "static/bells/ring.css": "h1 { color: gold }\n",
    "static/site.css": "a plugin must not replace a style of the program",
    "forms/bell.yaml": FORM,
}


def write(home: Path, files: dict[str, str]) -> Path:
    """Write files below a folder, without the indentation that they have here."""
    for name, text in files.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).lstrip("\n"))
    return home


def write_plugin(instance: Path, name: str, **others: str) -> Path:
    """Write the plugin of above, under any name; `others` are sources of other modules, or `plugin` itself."""
    changed = {f"{module}.py": text for module, text in others.items()}
    return write(instance / "plugins" / name, FILES | changed)


def small(body: str, name: str = "small", word: str = "petit") -> str:
    """Give the source of a plugin that has no more than this in its class."""
    lines = "\n".join(f"    {line}" for line in dedent(body).strip().splitlines())
    head = f'    name = "{name}"\n    title = "Small"\n    help = "Is small."\n    word = "{word}"\n'
    return f'"""Small."""\n\nfrom app.plugin import Plugin\n\n\nclass Small(Plugin):\n{head}\n{lines}\n'
