"""Events into typed models, guided by the models' annotations; every fault of a file in one run.

One method per kind of value. A value with a fault becomes `FAULTY`, so that one mistake is told
once; reading goes on behind it. Depth is bounded by the types, never by the input.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import types
import typing
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from intimacy_tarot._errors import Place, Problem, content_error, guess, nearest
from intimacy_tarot._models import Keyed, Text
from intimacy_tarot._seed import Tagged, untag
from intimacy_tarot._source import Event, Halt, Source
from intimacy_tarot._template import PERSONS, faults

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

T = TypeVar("T")
Path = tuple["Path", str] | None

FAULTY: Final = object()
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_ID = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019-]*")
_TAG = re.compile(r"\{\{.*?\}\}")


def count_words(text: str) -> int:
    """Return the number of words, a name in braces counted as one.

    >>> count_words("{{ P.Subj }} may rest.")
    3
    """
    return len(_WORD.findall(_TAG.sub("you", text)))


@lru_cache(maxsize=256)
def _fields(model: type) -> dict[str, tuple[Any, bool]]:
    hints = typing.get_type_hints(model, include_extras=True)
    return {
        field.name: (hints[field.name], field.default is dataclasses.MISSING)
        for field in dataclasses.fields(model)
        if field.metadata.get("recorded", True)
    }


@lru_cache(maxsize=256)
def _defaults(model: type) -> dict[str, Any]:
    return {
        field.name: field.default for field in dataclasses.fields(model) if field.default is not dataclasses.MISSING
    }


def _own_faults(model: type, given: dict[str, Any]) -> Iterator[str]:
    """Yield what a model finds wrong between those of its fields that were read, whatever else is wrong."""
    told: Callable[[dict[str, Any]], Iterator[str]] = getattr(model, "faults", lambda _: iter(()))
    return told(given)


def _path(path: Path) -> str:
    parts: list[str] = []
    while path is not None:
        path, part = path
        parts.append(part)
    return "".join(reversed(parts)).removeprefix(".")


def head_of(path: str) -> str:
    """Return the field that a path begins with.

    >>> head_of("draw.cards[0].reversed"), head_of("avoid[2]")
    ('draw', 'avoid')
    """
    return path.partition(".")[0].partition("[")[0]


class Converter:
    """Reads one file's events into a model; `problems` are filled as it goes.

    With `strict`, budgets of words are checked too, and the place of every value and every text is
    kept by its path. With `typed`, as for JSON, a plain scalar is never text. Messages repeat a value only below
    the fields that `repeats` names, or anywhere.
    """

    def __init__(
        self,
        source: Source,
        events: Iterator[Event],
        *,
        strict: bool = False,
        typed: bool = False,
        repeats: Collection[str] | None = None,
    ) -> None:
        self.problems: list[Problem] = []
        self.places: dict[str, Place] = {}
        self.texts: dict[str, str] = {}
        self._source = source
        self._events = events
        self._strict = strict
        self._typed = typed
        self._repeats = repeats

    def read(self, model: type[T]) -> T | None:
        """Return the file's value, or None when it has a fault."""
        try:
            value = self._value(model, next(self._events), None)
            next(self._events, None)  # what may stand behind the value is for the events to refuse
        except Halt as halt:
            self.problems.append(halt.problem)
            return None
        return None if value is FAULTY else typing.cast("T", value)

    def tell(self, event: Event, path: Path, code: str, message: str, hint: str = "") -> object:
        """Keep a fault, and return FAULTY."""
        self.problems.append(Problem(code, self._source.place(event), _path(path), message, hint))
        return FAULTY

    def _value(self, kind: Any, event: Event, path: Path) -> Any:
        if self._strict:
            self.places[_path(path)] = self._source.place(event)
        reader, inner = _reader(kind)
        return reader(self, inner, event, path)

    def _optional(self, kind: Any, event: Event, path: Path) -> Any:
        if event.kind == "scalar" and event.plain and event.value in ("", "null", "~"):
            return None
        return self._value(kind, event, path)

    def _whole(self, model: type, event: Event, path: Path) -> Any:
        return self._record(model, event, path, {})

    def _sequence(self, args: tuple[Any, ...], event: Event, path: Path) -> Any:
        if event.kind != "sequence":
            return self._wrong(event, path, "a list")
        kinds = None if args[-1] is Ellipsis else args
        values: list[Any] = []
        for item in self._items():
            kind = args[0] if kinds is None else kinds[min(len(values), len(kinds) - 1)]
            values.append(self._value(kind, item, (path, f"[{len(values)}]")))
        if kinds is not None and len(values) != len(kinds):
            return self.tell(event, path, "wrong-length", f"found {len(values)} values, expected {len(kinds)}")
        return FAULTY if any(value is FAULTY for value in values) else tuple(values)

    def _items(self) -> Iterator[Event]:
        while (item := next(self._events)).kind != "end":
            yield item

    def _pairs(self, path: Path) -> Iterator[tuple[str, Event, Event]]:
        """Yield (key, its event, the value's event) of a mapping; doubles and odd keys are told and skipped."""
        seen: dict[str, int] = {}
        for key in self._items():
            if key.kind != "scalar":
                self.tell(key, path, "wrong-key", f"found a {key.kind} as a key, expected a word")
                self._skip(key)
                self._skip(next(self._events))
                continue
            value = next(self._events)
            if key.value in seen:
                first = f"first on line {seen[key.value]}"
                self.tell(key, path, "duplicate-key", f"found the key {key.value!r} again, expected it once", first)
                self._skip(value)
                continue
            seen[key.value] = key.line
            yield key.value, key, value

    def _record(self, model: type, event: Event, path: Path, given: dict[str, Any]) -> Any:
        fields = {name: field for name, field in _fields(model).items() if name not in given}
        if event.kind != "mapping":
            return self._wrong(event, path, f"a mapping with {', '.join(fields)}")
        values: dict[str, Any] = dict(given)
        for key, at, value in self._pairs(path):
            if key in fields:
                values[key] = self._value(fields[key][0], value, (path, f".{key}"))
            else:
                expected = nearest(key, fields)
                values[key] = self.tell(at, path, "unknown-key", f"found the unknown key {key!r}", expected)
                self._skip(value)
        for name, (_, required) in fields.items():
            if required and name not in values:
                values[name] = self.tell(event, path, "missing-key", f"found no {name!r}, expected one")
        sound = {name: value for name, value in values.items() if value is not FAULTY}
        misspelt = any(name not in fields and name not in given for name in values)
        absent = {} if misspelt else {name: it for name, it in _defaults(model).items() if name not in values}
        own = [self.tell(event, path, "bad-value", message) for message in _own_faults(model, absent | sound)]
        if own or len(sound) < len(values):
            return FAULTY
        try:
            return model(**values)
        except ValueError as error:
            return self.tell(event, path, "bad-value", str(error))

    def _keyed(self, kind: tuple[type, Keyed], event: Event, path: Path) -> Any:
        model, note = kind
        if event.kind != "mapping":
            return self._wrong(event, path, "a mapping from ids")
        short = _short_form(model)
        values: list[Any] = []
        for key, at, value in self._pairs(path):
            inner: Path = (path, f".{key}" if _ID.fullmatch(key) else f"[{key!r}]")
            if not _ID.fullmatch(key):
                values.append(self.tell(at, path, "bad-id", f"found the id {key!r}, expected lower-case words"))
                self._skip(value)
            elif short is not None and value.kind == "scalar":
                text = self._value(short, value, inner)
                values.append(FAULTY if text is FAULTY else model(id=key, text=text))
            else:
                values.append(self._record(model, value, inner, {"id": key}))
            if self._strict:
                self.places[_path(inner)] = self._source.place(value)
        if len(values) < note.least:
            return self.tell(event, path, "too-few", f"found {len(values)} of these, expected at least {note.least}")
        return FAULTY if any(value is FAULTY for value in values) else tuple(values)

    def _scalar(self, kind: Any, event: Event, path: Path) -> Any:
        if event.kind != "scalar":
            return self._wrong(event, path, _expected(kind))
        text = event.value
        if kind is str and text and not (self._typed and event.plain):
            return self._line(event, path) if self._typed else text
        if kind is bool and event.plain and text in ("true", "false"):
            return text == "true"
        if kind is int and event.plain and len(text) < 16 and _INTEGER.fullmatch(text):
            return int(text)
        if kind is float and event.plain and len(text) < 40 and _NUMBER.fullmatch(text):
            return float(text)
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            found = self._choice([member.value for member in kind], event, path)
            return found if found is FAULTY else kind(found)
        return self._wrong(event, path, _expected(kind))

    def _line(self, event: Event, path: Path) -> Any:
        """Return text that is one line without controls: what a record prints was once read or typed as that."""
        if unfit := _CONTROL.search(event.value):
            message = f"found U+{ord(unfit[0]):04X}, expected one line of printable text"
            return self.tell(event, path, "unfit-character", message)
        return event.value

    def _choice(self, known: Sequence[str], event: Event, path: Path) -> Any:
        if event.kind == "scalar" and event.value in known:
            return event.value
        expected = f"one of {', '.join(known)}"
        if event.kind != "scalar":
            return self._wrong(event, path, expected)
        message = f"found {self._told(event, path)}, expected {expected}"
        return self.tell(event, path, "unknown-value", message, guess(event.value, known))

    def _seed(self, _: None, event: Event, path: Path) -> Any:
        try:
            return untag(self._plain(event))
        except (ValueError, TypeError) as error:
            return self.tell(event, path, "bad-seed", str(error))

    def _plain(self, event: Event) -> Any:
        """Return plain values; depth is bounded by what the events themselves allow."""
        if event.kind == "scalar":
            return None if event.plain and event.value == "null" else event.value
        if event.kind == "sequence":
            return [self._plain(item) for item in self._items()]
        return {key.value: self._plain(next(self._events)) for key in self._items()}

    def _text(self, note: Text, event: Event, path: Path) -> Any:
        text = self._scalar(str, event, path)
        if text is FAULTY:
            return FAULTY
        text = " ".join(text.split())
        if not text:
            return self.tell(event, path, "empty-text", "found empty text, expected some words")
        if self._strict:
            self.texts[_path(path)] = text
            self._budget(note, text, event, path)
        if note.names == ("*",):
            return text
        for _, message, hint in faults(text, {name: PERSONS[name] for name in note.names}):
            self.tell(event, path, "template", message, hint)
        return text

    def _budget(self, note: Text, text: str, event: Event, path: Path) -> None:
        words = count_words(text)
        if not note.least <= words <= note.most:
            message = f"found {words} words, expected {note.least} to {note.most}"
            self.tell(event, path, "budget", message)
        if note.fragment and (text[-1] in ".!?" or "," in text):
            self.tell(event, path, "fragment", f"found {text!r}, expected a phrase without comma or final stop")

    def _wrong(self, event: Event, path: Path, expected: str) -> object:
        found = self._told(event, path)
        self._skip(event)
        return self.tell(event, path, "wrong-type", f"found {found}, expected {expected}")

    def _told(self, event: Event, path: Path) -> str:
        if event.kind != "scalar":
            return f"a {event.kind}"
        return _quoted(event.value) if self._repeats is None or head_of(_path(path)) in self._repeats else "other text"

    def _skip(self, event: Event) -> None:
        depth = int(event.kind in ("mapping", "sequence"))
        while depth:
            depth += {"mapping": 1, "sequence": 1, "end": -1}.get(next(self._events).kind, 0)


@lru_cache(maxsize=512)
def _reader(kind: Any) -> tuple[Callable[[Converter, Any, Event, Path], Any], Any]:
    """Return the method that reads a kind of value, and what it needs to know of it."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        if isinstance(args[1], Keyed):
            return Converter._keyed, (typing.get_args(args[0])[0], args[1])  # noqa: SLF001  its own class
        return (Converter._seed, None) if isinstance(args[1], Tagged) else (Converter._text, args[1])  # noqa: SLF001
    if origin is types.UnionType or origin is typing.Union:
        return Converter._optional, next(arg for arg in args if arg is not type(None))  # noqa: SLF001
    if origin is typing.Literal:
        return Converter._choice, args  # noqa: SLF001
    if origin is tuple:
        return Converter._sequence, args  # noqa: SLF001
    if dataclasses.is_dataclass(kind):
        return Converter._whole, kind  # noqa: SLF001
    return Converter._scalar, kind  # noqa: SLF001


@lru_cache(maxsize=64)
def _short_form(model: type) -> Any:
    """Return the kind of `text` where a record may be written as its text alone."""
    fields = _fields(model)
    needed = {name for name, (_, required) in fields.items() if required}
    return fields["text"][0] if needed == {"id", "text"} else None


def _expected(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return f"one of {', '.join(member.value for member in kind)}"
    return {str: "text", int: "a whole number", float: "a number", bool: "true or false"}[kind]


def _quoted(text: str) -> str:
    return repr(text) if len(text) <= 40 else repr(text[:37] + "...")


def told(events: Iterator[Event], lines: list[str]) -> Iterator[Event]:
    """Pass events on, keeping what each says, whatever the file's layout and comments."""
    for event in events:
        lines.append(f"{event.kind} {len(event.value)} {event.value}\n")
        yield event


def convert(source: Source, model: type[T]) -> tuple[T, str]:
    """Return a file's content as a model, and its digest; raises ContentError with every fault of the file."""
    lines: list[str] = []
    reader = Converter(source, told(source.events(), lines))
    value = reader.read(model)
    if value is None or reader.problems:
        raise content_error(reader.problems)
    return value, hashlib.sha256("".join(lines).encode()).hexdigest()
