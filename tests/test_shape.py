"""The shape of the code: small files, small functions, names that say something, one place that declares HTML safe."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = sorted(file for folder in ("app", "plugins", "tests") for file in (ROOT / folder).rglob("*.py"))
CODE = [file for file in FILES if "tests" not in file.relative_to(ROOT).parts]
MAX_LINES = 300
MAX_FUNCTION_LINES = 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}
DECLARES_SAFE = "app/wiki/clean.py"

# Functions that are longer, with their length. This list may only become shorter.
LONG_FUNCTIONS: dict[str, int] = {}


def _name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def _functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _long_functions() -> dict[str, int]:
    return {
        f"{_name(file)}:{function.name}": length
        for file in CODE
        for function in _functions(file)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > MAX_FUNCTION_LINES
    }


def test_no_file_has_over_300_lines() -> None:
    lengths = {_name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}

    assert {name: length for name, length in lengths.items() if length > MAX_LINES} == {}


def test_no_function_has_over_40_lines() -> None:
    too_long = {name: length for name, length in _long_functions().items() if length > LONG_FUNCTIONS.get(name, 0)}

    assert too_long == {}


def test_the_list_of_long_functions_only_shrinks() -> None:
    now = _long_functions()

    assert {name: now.get(name, 0) for name in LONG_FUNCTIONS} == LONG_FUNCTIONS


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [_name(file) for file in FILES if EMPTY_NAMES & set(file.stem.split("_"))] == []


def test_only_clean_declares_html_safe() -> None:
    declares = re.compile(r"\bMarkup\(|Markup\.__new__")
    python = [_name(file) for file in CODE if declares.search(file.read_text(encoding="utf-8"))]
    templates = [
        _name(file)
        for folder in ("app", "plugins", "themes")
        for file in (ROOT / folder).rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape\s+false", file.read_text(encoding="utf-8"))
    ]

    assert python + templates == [DECLARES_SAFE]


def test_what_is_public_has_a_docstring() -> None:
    bare = [f"{_name(file)}:{name}" for file in CODE for name in _undocumented(file)]

    assert bare == []


def _undocumented(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    if not ast.get_docstring(tree):
        yield "the file itself"
    for node in tree.body:
        is_public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if is_public and not ast.get_docstring(node) and not _is_overload(node):
            yield node.name


def _is_overload(node: ast.FunctionDef | ast.ClassDef) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "overload" for one in node.decorator_list)


def test_the_project_names_no_machine_of_its_makers() -> None:
    strange = re.compile(r"(?<![\w.<])/(work|home|root|Users|tmp)/\w")
    texts = [file for folder in ("app", "pages", "themes", "deploy", ".ci") for file in (ROOT / folder).rglob("*.*")]
    readable = [file for file in texts if file.suffix in {".py", ".md", ".html", ".js", ".css", ".service", ".conf"}]

    assert [_name(file) for file in readable if strange.search(file.read_text(encoding="utf-8"))] == []
