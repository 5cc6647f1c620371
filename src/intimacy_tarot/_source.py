"""Files of content, from the package or from a folder, as text and as a stream of YAML events.

Nothing is ever composed or constructed: nested input can end the interpreter there (PyYAML 6.0.3).
The stream is all that the rest of the library sees of YAML.
"""

from __future__ import annotations

import codecs
import os
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

from intimacy_tarot._errors import ContentError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

MOST_BYTES: Final = 2_000_000
MOST_NODES: Final = 100_000
MOST_DEPTH: Final = 12
MOST_CHARACTERS: Final = 20_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BREAK = re.compile(r"\r\n?|\n")
_LEAF = re.compile(r"[a-z0-9][a-z0-9_.-]*")


class Event(NamedTuple):
    """One step of a file: a `scalar`, the start of a `mapping` or `sequence`, or an `end`."""

    kind: str
    value: str = ""
    plain: bool = False
    line: int = 1
    column: int = 1


class Halt(Exception):  # noqa: N818  it ends one file's reading and never leaves this package
    """Reading a file cannot go on; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of content: below a package (`anchor`), or anywhere on disk (`path`).

    `called` is how readings record a folder on disk, so that they say nothing of where it lies.
    """

    anchor: str
    path: str
    called: str = ""

    @classmethod
    def packaged(cls, anchor: str, path: str = "") -> Folder:
        """Return a folder of the installed package, named as modules are: "intimacy_tarot.decks"."""
        return cls(anchor, path)

    @classmethod
    def on_disk(cls, path: str | os.PathLike[str], called: str = "") -> Folder:
        """Return a folder anywhere on disk, by its real path; raises ContentError for a path that none can have."""
        try:
            return cls("", os.path.realpath(path), called)
        except ValueError:
            shown = str(path).encode("ascii", "backslashreplace").decode("ascii")[:60]
            raise _fault(shown, "no-file", "found a path that no file can have, expected one") from None

    @property
    def leaf(self) -> str:
        """The folder's own name."""
        return os.path.basename(self.path)  # noqa: PTH119  a path is text here

    @property
    def is_there(self) -> bool:
        """Whether there is such a folder."""
        try:
            return self._at("").is_dir()
        except OSError:
            return False

    @property
    def label(self) -> str:
        """How the folder is called in messages and traces."""
        if not self.anchor:
            return self.path
        head = self.anchor.removeprefix("intimacy_tarot").lstrip(".").replace(".", "/")
        return "/".join(part for part in (head, self.path) if part)

    def recorded(self, name: str) -> str:
        """Return how a reading records a file of the folder."""
        head = self.label if self.anchor else self.called
        return "/".join(part for part in (head, name) if part)

    def _at(self, name: str) -> Traversable:
        if not self.anchor:
            return Path(self.path) / name
        found: Traversable = files(self.anchor)
        for part in (*self.path.split("/"), *name.split("/")):
            found = found / part if part else found
        return found

    def holds(self, name: str) -> bool:
        """Whether there is a file of that name, its parts parted by slashes."""
        try:
            return self._at(name).is_file()
        except OSError:  # a name too long for the disk is one that no file has
            return False

    def names(self, name: str = "") -> tuple[str, ...]:
        """Return the names of what lies in the folder, or in one below it, sorted."""
        inner = self._at(name)
        return tuple(sorted(item.name for item in inner.iterdir())) if inner.is_dir() else ()

    def read(self, name: str) -> Source:
        """Return a file's text, checked before anything parses it.

        Raises ContentError if it is missing, leads outside the folder, is too large or not clean UTF-8.
        """
        label, raw = self.labelled(name), self.raw(name, MOST_BYTES)
        return Source(label, _clean(label, raw))

    def labelled(self, name: str) -> str:
        """Return how a file of the folder is called in messages."""
        return "/".join(part for part in (self.label, name) if part)

    def raw(self, name: str, most: int) -> bytes:
        """Return what a file holds, one byte over `most` at the utmost.

        Raises ContentError if it is missing, leads outside the folder or cannot be opened.
        """
        label = self.labelled(name)
        if not all(_LEAF.fullmatch(part) for part in name.split("/")):
            raise _fault(label, "bad-name", f"found the file name {name!r}, expected plain lower-case names")
        found = self._at(name)
        if not self.anchor and not Path(os.path.realpath(str(found))).is_relative_to(self.path):
            raise _fault(label, "outside", "found a link that leads outside its folder, expected a file in it")
        try:
            if not found.is_file():
                raise _fault(label, "no-file", "found no such file, expected one")
            with found.open("rb") as stream:
                return stream.read(most + 1)
        except OSError:
            raise _fault(label, "unreadable", "found a file that cannot be opened, expected one that can") from None


@dataclass(frozen=True, slots=True)
class Source:
    """A file's clean text and the name by which messages call it."""

    file: str
    text: str

    def place(self, event: Event) -> Place:
        """Return where an event stands."""
        return Place(self.file, event.line, event.column)

    def events(self) -> Iterator[Event]:
        """Yield the file's events in order, without the stream's and the document's own.

        Raises Halt at the first thing that is no part of the plain YAML this library reads.
        """
        return _limited(self, _parsed(self))


def _fault(label: str, code: str, message: str, line: int = 1, column: int = 1) -> ContentError:
    problem = Problem(code, Place(label, line, column), "", message)
    return ContentError(str(problem), [problem])


def _clean(label: str, raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise _fault(label, "too-large", f"found more than {MOST_BYTES:,} bytes, expected fewer")
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        spot = _spot(raw[: error.start].decode("utf-8"))
        raise _fault(label, "not-utf-8", "found bytes that are not UTF-8, expected UTF-8", *spot) from None
    if unfit := _UNFIT.search(text):
        spot = _spot(text[: unfit.start()])
        raise _fault(label, "unfit-character", f"found {_shown(unfit)}, expected printable text", *spot)
    return text


def _spot(before: str) -> tuple[int, int]:
    """Return the line and the column behind some text; lines end where YAML ends them."""
    lines = _BREAK.split(before)
    return len(lines), len(lines[-1]) + 1


def _shown(unfit: re.Match[str]) -> str:
    return f"U+{ord(unfit[0]):04X}"


_NESTING: Final = "nesting depth"


def _parsed(source: Source) -> Iterator[Any]:
    try:
        yield from yaml.parse(source.text, Loader=_LOADER)
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the pure loader lets the latter two out
        mark = getattr(error, "problem_mark", None)
        place = Place(source.file) if mark is None else Place(source.file, mark.line + 1, mark.column + 1)
        told = getattr(error, "problem", type(error).__name__)
        if _NESTING in told:  # libyaml 0.2.6 looks ahead, and refuses deep nesting before an event tells of it
            code, found, expected = _size_fault(MOST_DEPTH + 1)
            raise Halt(Problem(code, place, "", f"found {found}, expected {expected}")) from None
        message = f"found YAML that cannot be read ({told}), expected plain YAML"
        raise Halt(Problem("syntax", place, "", message)) from None


def _limited(source: Source, parsed: Iterator[Any]) -> Iterator[Event]:
    depth = nodes = documents = 0
    escapes, tab = "\\" in source.text, source.text.find("\t")
    for found in parsed:
        if tab >= 0:
            tab = _next_tab(source, found, tab)
        kind = _KINDS.get(type(found))
        if kind is None:
            continue
        mark = found.start_mark
        event = Event(kind, line=mark.line + 1, column=mark.column + 1)
        if kind == "document":
            documents += 1
            _refuse(source, event, _document_fault(documents, source.text[mark.index : mark.index + 1]))
            continue
        if kind == "scalar":
            event = Event(kind, found.value, not found.style, mark.line + 1, mark.column + 1)
            if len(found.value) > MOST_CHARACTERS or escapes:
                _refuse(source, event, _scalar_fault(found))
        if kind != "end" and (kind == "alias" or found.anchor is not None or found.tag is not None):
            _refuse(source, event, _node_fault(kind, found))
        nodes += 1
        depth += _STEPS[kind]
        if depth > MOST_DEPTH or nodes > MOST_NODES:
            _refuse(source, event, _size_fault(depth))
        yield event
    if not nodes:
        raise Halt(Problem("empty-file", Place(source.file), "", "found nothing, expected some content"))


_KINDS: Final[dict[type, str]] = {
    yaml.DocumentStartEvent: "document",
    yaml.AliasEvent: "alias",
    yaml.ScalarEvent: "scalar",
    yaml.MappingStartEvent: "mapping",
    yaml.SequenceStartEvent: "sequence",
    yaml.MappingEndEvent: "end",
    yaml.SequenceEndEvent: "end",
}
_STEPS: Final = {"scalar": 0, "mapping": 1, "sequence": 1, "end": -1}

Fault = tuple[str, str, str]
"""A code, what was found, and what was expected."""


def _refuse(source: Source, event: Event, fault: Fault | None) -> None:
    if fault is not None:
        code, found, expected = fault
        raise Halt(Problem(code, source.place(event), "", f"found {found}, expected {expected}"))


def _next_tab(source: Source, found: Any, tab: int) -> int:
    """Return where the next tab is that no quotes hold so far; a tab that stands before an event is refused."""
    if tab < found.start_mark.index:
        place = Place(source.file, *_spot(source.text[:tab]))
        raise Halt(Problem("tab", place, "", "found a tab, expected spaces"))
    end = found.end_mark.index
    return source.text.find("\t", end) if tab < end and getattr(found, "style", None) in ("'", '"') else tab


def _document_fault(documents: int, first: str) -> Fault | None:
    if documents > 1:
        return "document", "a second document", "one"
    return ("directive", "a directive", "none") if first == "%" else None


def _node_fault(kind: str, found: Any) -> Fault:
    if kind == "alias":
        return "alias", "an alias", "the value itself"
    return ("tag", "a tag", "a plain value") if found.anchor is None else ("anchor", "an anchor", "none")


def _scalar_fault(found: Any) -> Fault | None:
    """Return what is wrong with a scalar; escapes in double quotes can make what the file itself may not hold."""
    if len(found.value) > MOST_CHARACTERS:
        return "too-long", f"over {MOST_CHARACTERS:,} characters", "fewer"
    if unfit := _UNFIT.search(found.value):
        return "unfit-character", _shown(unfit), "printable text"
    return None


def _size_fault(depth: int) -> Fault:
    if depth > MOST_DEPTH:
        return "too-deep", f"more than {MOST_DEPTH} levels", "fewer"
    return "too-many", f"more than {MOST_NODES:,} values", "fewer"
