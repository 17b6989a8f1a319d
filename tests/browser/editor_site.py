"""A tiny site around the editor's templates: pages in memory, the endpoints that the scripts ask, faults on demand."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, Response, abort, jsonify, redirect, render_template, render_template_string, request, send_file
from jinja2 import StrictUndefined
from markupsafe import Markup, escape
from werkzeug.serving import WSGIRequestHandler, make_server

ROOT = Path(__file__).parents[2]
STATIC = (ROOT / "themes/default/static", ROOT / "app/static")
POLICY = "default-src 'self'; form-action 'self'; base-uri 'none'"
ADDRESSES = {"edit.edit": "/-/edit/", "tools.preview": "/-/preview/", "files.manage": "/-/files/", "edit.new": "/-/new",
             "tools.convert": "/-/convert", "tools.titles": "/-/titles"}  # fmt: skip
PAGE = """{% extends "base.html" %}{% block title %}{{ title }}{% endblock %}
{% block main %}<h1>{{ title }}</h1><pre>{{ text }}</pre><a id="around" href="/-/around/jardins/compost">x</a>
<form method="post" action="/-/signout" data-clears-drafts><button id="leave">x</button></form>{% endblock %}
{% block scripts %}<script type="module" src="{{ static('editor/forget.js') }}"></script>{% endblock %}"""


@dataclass
class Site:
    """What the tests look at and turn: `fault` is one of signin, broken, full, files, convert, titles, preview."""

    address: str = ""
    fault: str = ""
    zone: str = "Europe/Paris"
    texts: dict[str, list[str]] = field(default_factory=lambda: {"jardins/compost": ["One.\n"], "index": ["Home.\n"]})
    files: dict[str, bytes] = field(default_factory=dict)
    converted: list[str] = field(default_factory=list)
    wait: threading.Event = field(default_factory=threading.Event)

    def revision(self, path: str) -> str:
        texts = self.texts.get(path)
        return hashlib.sha1(f"{len(texts)}{texts[-1]}".encode()).hexdigest() if texts else ""

    def page(self, path: str) -> Thing:
        address = "/" if path == "index" else f"/{path}"
        return Thing(path=path, title=path.rpartition("/")[2], address=address, is_new=path not in self.texts)


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing: a failed test shows the browser's side."""


@contextmanager
def serve() -> Iterator[Site]:
    site = Site()
    site.wait.set()
    server = make_server("127.0.0.1", 0, make_app(site), threaded=True, request_handler=Quiet)
    site.address = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield site
    site.wait.set()
    server.shutdown()
    thread.join()
    server.server_close()


def make_app(site: Site) -> Flask:
    app = Flask("editor", static_folder=None, template_folder=str(ROOT / "app/templates"))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(functions())
    app.context_processor(context)
    app.after_request(protect)
    add_pages(app, site)
    add_answers(app, site)
    return app


def context() -> dict[str, Any]:
    return {
        "lang": "en",
        "site": Thing(
            title="Valley", lang="en", languages=("en",), accent="blue", menu=[], version="0", logo="", place=""
        ),
        "viewer": Thing(is_signed_in=False, name="", is_admin=False, may_write=True, spaces=()),
        "display": Thing(theme="auto", text="normal"),
        "query": "",
        "here": request.path,
        "notices": [],
    }


def functions() -> dict[str, Any]:
    return {
        "address": lambda path: "/" if path == "index" else f"/{path}",
        "url": url,
        "static": lambda name: f"/-/static/0/{name}",
        "when": lambda at, _style="": at.strftime("%d/%m %H:%M"),
        "icon": lambda name: Markup('<svg class="icon" aria-hidden="true"><use href="#{}"></use></svg>').format(name),
        "time": lambda at, _style="": Markup("<time>{}</time>").format(at.strftime("%d/%m %H:%M")),
        "csrf_field": lambda: Markup(""),
        "has_map": lambda: False,
    }


def url(endpoint: str, path: str = "", **values: object) -> str:
    return ADDRESSES.get(endpoint, f"/-/{endpoint}/") + quote(path) + (f"?{urlencode(values)}" if values else "")


def protect(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    return response


def add_pages(app: Flask, site: Site) -> None:
    def show_form(path: str, text: str, base: str, **changes: Any) -> str:
        values: dict[str, Any] = {"page": site.page(path), "text": text, "base": base, "summary": "", "author": "Nadia"}
        values |= {"ask_author": True, "errors": {}, "preview": None, "max_bytes": 9}
        values["zone"] = site.zone
        values["section"] = int(request.args.get("section", 0))
        values["blocks"] = [("pages", "Pages of a folder", "{{pages folder=jardins}}")]
        values["files"] = [(name, f"/{name}", f"![](compost.files/{name})", True) for name in site.files]
        return render_template("edit/form.html", **(values | changes))

    @app.get("/-/edit/<path:path>")
    def edit(path: str) -> str:
        return show_form(path, site.texts.get(path, [""])[-1], site.revision(path))

    @app.post("/-/edit/<path:path>")
    def save(path: str) -> Any:
        text, base = request.form["text"].replace("\r\n", "\n").rstrip() + "\n", request.form["base"]
        if request.form["action"] == "preview":
            return show_form(path, text, base, preview=Markup("<p>{}</p>").format(text))
        if site.fault == "signin":
            return redirect("/-/signin", 303)
        if site.fault == "broken":
            return render_template_string(PAGE, title="Fault", text=""), 500
        if site.fault == "full":
            return show_form(path, text, base, errors={"text": "There is no room left."}), 507
        if base != site.revision(path):
            return show_conflict(path, text)
        site.texts.setdefault(path, []).append(text)
        return redirect(site.page(path).address, 303)

    def show_conflict(path: str, text: str) -> Any:
        theirs = site.texts[path][-1]
        spans = {"old": [Thing(text=theirs, changed=True)], "new": [Thing(text=text, changed=True)]}
        rows = [Thing(kind="changed", old_number=1, new_number=1, **spans)]
        values = {"rows": rows, "theirs_author": "Karim", "theirs_at": datetime.now(UTC), "base": site.revision(path)}
        values |= {"page": site.page(path), "mine": text, "theirs": theirs, "section": 0, "summary": ""}
        return render_template("edit/conflict.html", author="Nadia", **values), 409

    @app.get("/-/new")
    def new() -> str:
        values = Thing(title="", folder="", template="", author="")
        templates = [("_templates/a", "A")]
        return render_template(
            "edit/new.html", values=values, errors={}, templates=templates, folders=[("jardins", "Jardins")], similar=[]
        )

    @app.get("/")
    @app.get("/-/signin")
    @app.get("/<path:path>")
    def show(path: str = "index") -> str:
        return render_template_string(PAGE, title=path, text=site.texts.get(path, ["-"])[-1])

    @app.get("/-/around/<path:path>")
    def around(path: str) -> Any:
        return redirect(f"/{path}")

    @app.post("/-/signout")
    def signout() -> Any:
        return redirect("/", 303)


def add_answers(app: Flask, site: Site) -> None:
    @app.get("/-/static/0/<path:name>")
    def static_file(name: str) -> Response:
        found = next((folder / name for folder in STATIC if (folder / name).is_file()), None)
        return send_file(found) if found else abort(404)

    @app.post("/-/preview/<path:path>")
    def preview(path: str) -> Any:
        if site.fault == "preview":
            abort(503)
        return "".join(f"<p>{escape(line)}</p>" for line in request.form["text"].splitlines())

    @app.post("/-/files/<path:path>")
    def send(path: str) -> Any:
        site.wait.wait(10)
        is_script = request.headers["Accept"] == "application/json"
        for file in request.files.getlist("file"):
            name = str(file.filename)
            if name.endswith(".svg"):
                return {"detail": "Drawings of this kind are not taken."}, 415
            site.files[name] = file.read()
        markup = f"![{name.split('.')[0]}](compost.files/{name})"
        return jsonify(name=name, href=f"/{name}", markup=markup) if is_script else redirect(request.path, 303)

    @app.get("/-/files/<path:path>")
    def manage(path: str) -> str:
        same: dict[str, Any] = {"size_words": "1 kB", "is_picture": False, "thumb": None, "used": True}
        things = [Thing(name=name, href=f"/{name}", markup=f"![](x/{name})", **same) for name in site.files]
        values = {
            "page": site.page(path),
            "files": things,
            "errors": {},
            "max_bytes": 9,
            "kinds": "Photos.",
            "may_edit": True,
        }
        return render_template("files/manage.html", **values)

    @app.post("/-/convert")
    def convert() -> Any:
        if site.fault == "convert":
            abort(503)
        site.converted.append(request.get_data(as_text=True))
        return "## Converted\n\n- *list*\n"

    @app.get("/-/titles")
    def titles() -> Any:
        if site.fault == "titles":
            abort(503)
        pages = [("Compost", "jardins/compost"), ("Soup", "a/soup"), ("Soup", "b/soup"), ("Mail [list]", "mail")]
        found = [page for page in pages if request.args["q"].lower() in page[0].lower()]
        return jsonify([{"title": title, "path": path, "address": f"/{path}"} for title, path in found])
