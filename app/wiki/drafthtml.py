"""How each token of a page is written as HTML: mistune's renderer with our own classes and without inline style."""

import re
from typing import Any

from mistune import HTMLRenderer
from mistune.util import striptags

_RAW_HEADING = re.compile(r"(</?)h[1-6]\b", re.I)


class DraftHTML(HTMLRenderer):
    """Writes a draft: URLs are not judged here but in `app.wiki.placing`, for Markdown and raw HTML alike."""

    def __init__(self) -> None:
        super().__init__(escape=False, allow_harmful_protocols=True)

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f'<h{level} data-section="{attrs.get("section", 0)}">{text}</h{level}>\n'

    def block_html(self, html: str) -> str:
        html = self.inline_html(html)
        return html if html.endswith("\n") else f"{html}\n"

    def inline_html(self, html: str) -> str:
        """Pass raw HTML on, but for headings: only typed ones have a level, an anchor and a section."""
        return _RAW_HEADING.sub(r"\1strong", html)

    def block_code(self, code: str, info: str | None = None) -> str:
        """Write code; mistune forgets the last line end of an indented block (CommonMark, example 1)."""
        return super().block_code(code if not code or code.endswith("\n") else f"{code}\n", info)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        attributes = self.render_attrs({"src": url, "alt": striptags(text), "title": title})
        return f"<img{attributes}>"

    def wiki_link(self, text: str, number: int | None = None, url: str = "") -> str:
        attributes = self.render_attrs({"href": url} if url else {"data-link": number})
        return f"<a{attributes}>{text}</a>"

    def inline_macro(self, text: str, number: int) -> str:
        return f'<span data-macro="{number}">{text}</span>'

    def block_macro(self, text: str, number: int) -> str:
        return f'<div data-macro="{number}">{text}</div>\n'

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        tag, scope = ("th", ' scope="col"') if head else ("td", "")
        aligned = f' class="align-{align}"' if align else ""
        return f"<{tag}{scope}{aligned}>{text}</{tag}>\n"

    def task_list_item(self, text: str, checked: bool = False) -> str:
        """Write a task with a sign instead of an `<input>`: nobody can tick it, so it must not look like a field."""
        box = f'<span class="box">{"☑" if checked else "☐"}</span> '
        text = text.replace("<p>", f"<p>{box}", 1) if text.startswith("<p>") else box + text
        return f'<li class="{"task done" if checked else "task"}">{text}</li>\n'

    def footnote_ref(self, text: str, index: int) -> str:  # noqa: ARG002 (its key is not shown)
        return f'<sup class="footnote-ref" id="fnref-{index}"><a href="#fn-{index}">{index}</a></sup>'

    def footnotes(self, text: str) -> str:
        return f'<section class="footnotes">\n<ol>\n{text}</ol>\n</section>\n'

    def footnote_item(self, text: str, key: str, index: int) -> str:  # noqa: ARG002
        back = f' <a class="footnote-back" href="#fnref-{index}">↩</a>'
        text = text.rstrip()
        text = f"{text.removesuffix('</p>')}{back}</p>" if text.endswith("</p>") else f"{text}\n{back}"
        return f'<li id="fn-{index}">{text}</li>\n'
