"""Files of content, from the package or from a folder, as text and as a stream of YAML events.

Nothing is ever composed or constructed: nested input can end the interpreter there (PyYAML 6.0.3).
The stream is all that the rest of the library sees of YAML.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from intimacy_tarot._errors import ContentError, Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

MOST_BYTES = 2_000_000
MOST_NODES = 100_000
MOST_DEPTH = 12
MOST_CHARACTERS = 20_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
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
    """A folder of content: below a package (`anchor`), or anywhere on disk (`path`)."""

    anchor: str
    path: str

    @classmethod
    def packaged(cls, anchor: str, path: str = "") -> Folder:
        """Return a folder of the installed package, named as modules are: "intimacy_tarot.decks"."""
        return cls(anchor, path)

    @classmethod
    def on_disk(cls, path: str | os.PathLike[str]) -> Folder:
        """Return a folder anywhere on disk, by its real path."""
        return cls("", os.path.realpath(path))

    @property
    def label(self) -> str:
        """How the folder is called in messages and traces."""
        if not self.anchor:
            return self.path
        head = self.anchor.removeprefix("intimacy_tarot").lstrip(".").replace(".", "/")
        return "/".join(part for part in (head, self.path) if part)

    def _at(self, name: str) -> Traversable:
        if not self.anchor:
            return Path(self.path) / name
        found: Traversable = files(self.anchor)
        for part in (*self.path.split("/"), *name.split("/")):
            found = found / part if part else found
        return found

    def holds(self, name: str) -> bool:
        """Whether there is a file of that name, its parts parted by slashes."""
        return self._at(name).is_file()

    def names(self, name: str = "") -> tuple[str, ...]:
        """Return the names of what lies in the folder, or in one below it, sorted."""
        inner = self._at(name)
        return tuple(sorted(item.name for item in inner.iterdir())) if inner.is_dir() else ()

    def read(self, name: str) -> Source:
        """Return a file's text, checked before anything parses it.

        Raises ContentError if it is missing, leads outside the folder, is too large or not clean UTF-8.
        """
        label = "/".join(part for part in (self.label, name) if part)
        if not all(_LEAF.fullmatch(part) for part in name.split("/")):
            raise _fault(label, "bad-name", f"found the file name {name!r}, expected plain lower-case names")
        found = self._at(name)
        if not self.anchor and not Path(os.path.realpath(str(found))).is_relative_to(self.path):
            raise _fault(label, "outside", "found a link that leads outside its folder, expected a file in it")
        if not found.is_file():
            raise _fault(label, "no-file", "found no such file, expected one")
        with found.open("rb") as stream:
            return Source(label, _clean(label, stream.read(MOST_BYTES + 1)))


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
        yield from _limited(self, _parsed(self))


def _fault(label: str, code: str, message: str, line: int = 1, column: int = 1) -> ContentError:
    problem = Problem(code, Place(label, line, column), "", message)
    return ContentError(str(problem), [problem])


def _clean(label: str, raw: bytes) -> str:
    if len(raw) > MOST_BYTES:
        raise _fault(label, "too-large", f"found more than {MOST_BYTES:,} bytes, expected fewer")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        raise _fault(label, "not-utf-8", "found bytes that are not UTF-8, expected UTF-8", line, column) from None
    if unfit := _UNFIT.search(text):
        line = text.count("\n", 0, unfit.start()) + 1
        column = unfit.start() - text.rfind("\n", 0, unfit.start())
        raise _fault(label, "unfit-character", f"found {_shown(unfit)}, expected printable text", line, column)
    return text


def _shown(unfit: re.Match[str] | None) -> str:
    return f"U+{ord(unfit[0]):04X}" if unfit else ""


def _parsed(source: Source) -> Iterator[yaml.Event]:
    place = Place(source.file)
    try:
        yield from yaml.parse(source.text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        if error.problem_mark is not None:
            place = Place(source.file, error.problem_mark.line + 1, error.problem_mark.column + 1)
        message = f"found YAML that cannot be read ({error.problem}), expected plain YAML"
        raise Halt(Problem("syntax", place, "", message)) from None
    except (yaml.YAMLError, ValueError) as error:
        message = f"found YAML that cannot be read ({type(error).__name__}), expected plain YAML"
        raise Halt(Problem("syntax", place, "", message)) from None


def _limited(source: Source, parsed: Iterator[yaml.Event]) -> Iterator[Event]:
    depth = nodes = documents = 0
    tabs = "\t" in source.text
    for found in parsed:
        if isinstance(found, yaml.DocumentStartEvent):
            documents += 1
            _refuse_if(documents > 1, "document", "a second document", "one", source, found)
            _refuse_if(bool(found.version or found.tags), "directive", "a directive", "none", source, found)
            continue
        if isinstance(found, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
            continue
        nodes += 1
        event = _event(source, found, tabs=tabs)
        depth += {"mapping": 1, "sequence": 1, "end": -1}.get(event.kind, 0)
        _refuse_if(depth > MOST_DEPTH, "too-deep", f"more than {MOST_DEPTH} levels", "fewer", source, found)
        _refuse_if(nodes > MOST_NODES, "too-many", f"more than {MOST_NODES:,} values", "fewer", source, found)
        yield event
    if not nodes:
        raise Halt(Problem("empty-file", Place(source.file), "", "found nothing, expected some content"))


def _event(source: Source, found: yaml.Event, *, tabs: bool) -> Event:
    line, column = _mark(found)
    _refuse_if(isinstance(found, yaml.AliasEvent), "alias", "an alias", "the value itself", source, found)
    _refuse_if(getattr(found, "anchor", None) is not None, "anchor", "an anchor", "none", source, found)
    _refuse_if(getattr(found, "tag", None) is not None, "tag", "a tag", "a plain value", source, found)
    if isinstance(found, yaml.ScalarEvent):
        value, quoted = found.value, found.style in ("'", '"')
        _refuse_if(
            len(value) > MOST_CHARACTERS,
            "too-long",
            f"over {MOST_CHARACTERS:,} characters",
            "fewer",
            source,
            found,
        )
        unfit = _UNFIT.search(value)
        _refuse_if(unfit is not None, "unfit-character", _shown(unfit), "printable text", source, found)
        _refuse_if(tabs and not quoted and "\t" in value, "tab", "a tab", "spaces", source, found)
        return Event("scalar", value, not found.style, line, column)
    if isinstance(found, yaml.MappingStartEvent):
        return Event("mapping", line=line, column=column)
    if isinstance(found, yaml.SequenceStartEvent):
        return Event("sequence", line=line, column=column)
    return Event("end", line=line, column=column)


def _mark(event: yaml.Event) -> tuple[int, int]:
    assert event.start_mark is not None, "every parsed event has a mark"
    return event.start_mark.line + 1, event.start_mark.column + 1


def _refuse_if(
    it: bool,  # noqa: FBT001  a guard reads best with its condition first
    code: str,
    found: str,
    expected: str,
    source: Source,
    event: yaml.Event,
) -> None:
    if it:
        raise Halt(Problem(code, Place(source.file, *_mark(event)), "", f"found {found}, expected {expected}"))
