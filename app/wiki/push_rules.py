"""Judge what is pushed from outside: git's `pre-receive` hook (`app/pushed.py`) refuses what this refuses.

Nothing of the push is in the repository yet: git keeps it apart until this has ended well. The sentences are read by
an administrator in a terminal, after a `git push`, so they name the commands of git that help.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import N_, Conflict, GareError, Invalid, Refused
from app.wiki import git_lock, nfc
from app.wiki.files import FileStore, Pointer
from app.wiki.git import Git
from app.wiki.git_log import Touch, read_touches, split_tokens
from app.wiki.git_names import check_file, email_of, is_pseudonym, visible
from app.wiki.git_objects import Objects
from app.wiki.git_tip import BRANCH, read_tip
from app.wiki.page import FILES_SUFFIX, FORM_SUFFIX, FORMS, fold, path_of

LOCK_SECONDS = 30.0
MAX_TEXT_BYTES = 5_000_000
MAX_POINTER_BYTES = 1_024
_NOTHING = "0" * 40
_PLAIN_MODES = frozenset({"100644", "100755"})
_DOT_FILES = frozenset({".gitattributes", ".lfsconfig", ".gitignore", ".editorconfig"})


@dataclass(frozen=True, slots=True)
class Push:
    """One branch that somebody wants to move from `old` (None: there was none) to `new`."""

    git: Git
    objects: Objects
    files: FileStore
    old: str | None
    new: str


def check_is_forward(push: Push) -> None:
    """Refuse a push that would take commits out of the history."""
    if push.old and push.git.run("merge-base", "--is-ancestor", push.old, push.new).status:
        raise Refused(N_("The wiki has changes that you do not have. Run: git pull --rebase"))


def check_commits(push: Push) -> None:
    """Refuse merges, which would hide the wiki's own line of history, and commits signed with a name or an address."""
    limits = [push.new, *([f"^{push.old}"] if push.old else []), "--"]
    form = "--format=%H%x00%P%x00%an%x00%ae%x00%cn%x00%ce"
    tokens = split_tokens(push.git.stream("log", "-z", "--reverse", "--no-mailmap", form, *limits))
    for revision, parents, author, author_email, committer, committer_email in zip(*[tokens] * 6, strict=True):
        if " " in parents:
            raise Refused(N_("%(commit)s is a merge. Run: git pull --rebase"), commit=revision[:10])
        _check_signature(revision, author, author_email)
        _check_signature(revision, committer, committer_email)


def _check_signature(revision: str, name: str, email: str) -> None:
    if is_pseudonym(name) and email.partition("@")[0] == name:
        return
    raise Refused(
        N_(
            "%(commit)s is signed “%(name)s <%(email)s>”, and git can never forget a name."
            " Your pseudonym stands on the page about you. Run:\n"
            "  git config user.name m-xxxxxxxx\n"
            "  git config user.email %(example)s\n"
            "  git rebase origin/main --exec 'git commit --amend --no-edit --reset-author'"
        ),
        commit=revision[:10],
        name=visible(name),
        email=visible(email),
        example=email_of("m-xxxxxxxx"),
    )


def check_files(push: Push) -> None:
    """Refuse files that a page, an attachment or a clone cannot hold; whatever comes in is in history for good."""
    seen: set[tuple[str, str]] = set()
    new_files: set[str] = set()
    for touch in read_touches(push.git, push.old, push.new):
        if touch.is_gone:
            continue
        _check_name(touch)
        if (touch.blob, touch.file) not in seen:
            seen.add((touch.blob, touch.file))
            _check_content(push, touch)
        if touch.is_new:
            new_files.add(touch.file)
    if new_files:
        _check_twins(push, new_files)


def _check_name(touch: Touch) -> None:
    name = visible(touch.file)
    if touch.mode not in _PLAIN_MODES:
        raise Refused(N_("“%(name)s” is a link or a repository: only plain files can be kept."), name=name)
    if "\ufffd" in touch.file:
        raise Refused(N_("The name “%(name)s” is not written in UTF-8. Rename the file."), name=name)
    try:
        check_file(touch.file)
    except Invalid as error:
        raise Refused(error.msgid, **error.values) from error
    if touch.file not in _DOT_FILES and any(part.startswith(".") for part in touch.file.split("/")):
        raise Refused(N_("“%(name)s” begins with a dot: such names are kept for programs."), name=name)
    if touch.file.endswith(".md") and not _is_attachment(touch.file) and path_of(touch.file) is None:
        raise Refused(N_("“%(name)s” cannot be a page. Use letters, digits and hyphens."), name=name)
    if _is_in_forms(touch.file) and path_of(touch.file) is None:
        raise Refused(N_("“%(name)s” cannot be a form. Use small letters, digits and hyphens."), name=name)


def _is_in_forms(file: str) -> bool:
    folder, _, name = file.partition("/")
    return folder.casefold() == FORMS and name.endswith(FORM_SUFFIX) and not _is_attachment(file)


def _is_attachment(file: str) -> bool:
    return any(part.endswith(FILES_SUFFIX) for part in file.split("/")[:-1])


def _check_content(push: Push, touch: Touch) -> None:
    info = push.objects.info(touch.blob)
    size = info.size if info else 0
    name = visible(touch.file)
    if _is_attachment(touch.file):
        content = push.objects.content(touch.blob) if size <= MAX_POINTER_BYTES else None
        _check_pointer(push, Pointer.parse(content[1]) if content else None, name)
        return
    if size > MAX_TEXT_BYTES:
        raise Refused(N_("“%(name)s” is too large for a text. Put it into the folder of a page's files."), name=name)
    found = push.objects.content(touch.blob)
    if found and not _is_text(found[1]):
        raise Refused(
            N_("“%(name)s” is no text in UTF-8. Files belong into a folder such as “page.files”, as Git LFS objects."),
            name=name,
        )


def _check_pointer(push: Push, pointer: Pointer | None, name: str) -> None:
    if pointer is None:
        raise Refused(
            N_("“%(name)s” is no Git LFS object. Run: git lfs install; git lfs migrate import --fixup"), name=name
        )
    if pointer.size and not push.files.has(pointer.oid):
        raise Refused(N_("The content of “%(name)s” is missing. Run: git lfs push --all origin main"), name=name)


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False


def _check_twins(push: Push, new_files: set[str]) -> None:
    """Refuse new names that differ from others by case, accents or normalisation alone, also those of folders."""
    names: dict[str, str] = {}
    for token in split_tokens(push.git.stream("ls-tree", "-r", "-z", "--name-only", push.new)):
        for key, name in _keys(token):
            twin = names.setdefault(key, name)
            if twin != name and any(file in new_files or _has_below(new_files, file) for file in (twin, name)):
                raise Refused(
                    N_("“%(name)s” and “%(twin)s” differ by case or accents only. Rename one."),
                    name=visible(name),
                    twin=visible(twin),
                )


def _keys(file: str) -> Iterator[tuple[str, str]]:
    folder = file.rpartition("/")[0]
    while folder:
        yield f"{fold(folder)}/", folder
        folder = folder.rpartition("/")[0]
    path = path_of(file)
    yield (fold(path), file) if path else (f"{nfc.normalize(file, 'NFKD').casefold()}\0", file)


def _has_below(files: set[str], folder: str) -> bool:
    return any(file.startswith(f"{folder}/") for file in files)


# In this order. A rule takes a Push and raises Refused.
RULES: list[Callable[[Push], None]] = [check_is_forward, check_commits, check_files]


def judge(
    folder: Path, updates: Iterable[tuple[str, str, str]], rules: Iterable[Callable[[Push], None]] = RULES
) -> None:
    """Raise Refused for the first of the (old, new, ref) updates that breaks a rule.

    The rules read, without the lock, what cannot change; at the end the lock is taken, as a history that is being
    rewritten must not be mixed with an older one. From then on git itself compares the branch with `old`.
    """
    git = Git(folder, in_quarantine=True)
    objects = Objects(git)
    files = FileStore(folder.parent / "files", cache=folder.parent / "thumbnails")
    expected = read_tip(folder)
    for old, new, ref in updates:
        if ref != BRANCH:
            raise Refused(N_("The wiki has one branch, main, and no tags. Run: git push origin HEAD:main"))
        if new == _NOTHING:
            raise Refused(N_("The branch main cannot be deleted: it is the wiki."))
        expected = None if old == _NOTHING else old
        for rule in rules:
            rule(Push(git, objects, files, expected, new))
    with git_lock.hold(folder, LOCK_SECONDS):
        if read_tip(folder) != expected:
            raise Conflict(N_("The wiki has changed meanwhile. Run: git pull --rebase"))


def main(say: Callable[[GareError], str] = str, rules: Iterable[Callable[[Push], None]] = RULES) -> int:
    """Be the hook: read the updates from standard input; the exit status is git's answer. `say` words a refusal."""
    try:
        judge(Path(os.environ.get("GIT_DIR", ".")).resolve(), [_parse(line) for line in sys.stdin], rules)
    except GareError as error:
        sys.stderr.write(f"\n{say(error)}\n\n")
        return 1
    return 0


def _parse(line: str) -> tuple[str, str, str]:
    old, new, ref = line.rstrip("\n").split(" ", 2)
    return old, new, ref


if __name__ == "__main__":  # the hook of older instances, until `gare upgrade` writes the one of `app/pushed.py`
    sys.exit(main())
