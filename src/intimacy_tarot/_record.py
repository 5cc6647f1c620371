"""Readings as JSON, and back again through the same typed reader that reads the content."""

from __future__ import annotations

import dataclasses
import json
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeVar

from intimacy_tarot._convert import Converter
from intimacy_tarot._draw import Draw
from intimacy_tarot._errors import Place, Problem, RecordError
from intimacy_tarot._fitting import unfit
from intimacy_tarot._seed import MOST_DEPTH as MOST_SEED_DEPTH
from intimacy_tarot._seed import tag
from intimacy_tarot._source import MOST_BYTES, MOST_NODES, Event, Halt, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intimacy_tarot._reading import Reading

T = TypeVar("T")

MOST_FIGURES: Final = 40
FORMAT: Final = "intimacy-tarot/reading/1"
FILE: Final = "reading.json"
PUBLIC: Final = ("draw", "facts", "content", "question", "show_themes", "kind")
"""The parts of a record whose values a message may repeat; others may hold what a person typed."""
MOST_LEVELS: Final = 3 + 2 * MOST_SEED_DEPTH
"""A reading, its draw, a seed as deep as seeds may be, and the text in it."""


def plain(reading: Reading) -> dict[str, Any]:
    """Return a reading as plain data, nothing left out."""
    return {"format": FORMAT, **_plain_record(reading)}


def public(reading: Reading) -> dict[str, Any]:
    """Return what of a reading holds nothing that a person typed: its draw, its facts, its content."""
    kept = ("draw", "question", "show_themes", "facts", "content")
    whole = _plain_record(reading)
    del whole["content"]["digest"]  # which wording was used may tell what kind of question was asked
    return {"format": FORMAT, "private": False, **{name: whole[name] for name in kept}}


def _plain_record(value: Any) -> dict[str, Any]:
    found = {}
    for field in dataclasses.fields(value):
        if field.metadata.get("recorded", True):
            inner = getattr(value, field.name)
            found[field.name] = tag(inner) if field.name == "seed" else _plain(inner)
    return found


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return _plain_record(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def dumps(data: dict[str, Any]) -> str:
    """Return data as JSON, readable, ending with a newline."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def loads(text: str, model: type[Reading]) -> Reading:
    """Return the reading that a text records; raises RecordError with every fault, of its parts or between them."""
    data = parsed(text)
    if data.get("private") is False:
        message = "found a record without its private parts, expected a whole one"
        raise _error([Problem("private", Place(FILE), "private", message)])
    reading = read_whole(data, model)
    problems = [Problem("unfit", Place(FILE), path, message) for path, message in unfit(reading)]
    if problems:
        raise _error(problems)
    return reading


def read_whole(data: dict[str, Any], model: type[T]) -> T:
    """Return the reading of a record with its private parts, whether or not they fit together; raises RecordError."""
    return _read({key: value for key, value in data.items() if key != "format"}, model)


def read_draw(data: dict[str, Any]) -> Draw:
    """Return the draw of a record; raises RecordError with every fault."""
    return _read(data.get("draw"), Draw)


def parsed(record: str | dict[str, Any]) -> dict[str, Any]:
    """Return a record as plain data, of the format that this version writes; raises RecordError."""
    data = _loaded(record if isinstance(record, str) else _written(record))
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        other = data.get("format") if isinstance(data, dict) else None
        found = f"the format {other[:60]!r}" if isinstance(other, str) else "no saved reading"
        raise _error([Problem("format", Place(FILE), "format", f"found {found}, expected {FORMAT!r}")])
    return data


def _written(record: dict[str, Any]) -> str:
    try:
        return dumps(record)
    except (TypeError, ValueError, RecursionError) as error:
        message = f"found data that is no JSON ({error})"
    raise _error([Problem("syntax", Place(FILE), "", message)])  # out here, as below


def _loaded(text: str) -> Any:
    if len(text) > MOST_BYTES:
        raise _error([Problem("too-large", Place(FILE), "", f"found over {MOST_BYTES:,} characters, expected fewer")])
    try:
        return json.loads(text, parse_int=_whole)
    except json.JSONDecodeError as error:
        place = Place(FILE, error.lineno, error.colno)
        problem = Problem("syntax", place, "", f"found text that is no JSON ({error.msg})")
    except RecursionError:
        problem = Problem("too-deep", Place(FILE), "", f"found over {MOST_LEVELS} levels, expected fewer")
    raise _error([problem])  # out here, since the decoder's own error holds the whole text


def _whole(digits: str) -> int:
    if len(digits) > MOST_FIGURES:
        message = f"found a number of over {MOST_FIGURES} digits, expected fewer"
        raise _error([Problem("too-large", Place(FILE), "", message)])
    return int(digits)


def _read(data: Any, model: type[T]) -> T:
    converter = Converter(Source(FILE, ""), _limited(_events(data)), typed=True, repeats=PUBLIC)
    value = converter.read(model)
    if value is None or converter.problems:
        raise _error(converter.problems)
    return value


def _error(problems: list[Problem]) -> RecordError:
    return RecordError("\n".join(map(str, problems)), problems)


def _limited(events: Iterator[Event]) -> Iterator[Event]:
    depth = 0
    for count, event in enumerate(events):
        depth += {"mapping": 1, "sequence": 1, "end": -1}.get(event.kind, 0)
        if depth > MOST_LEVELS or count > MOST_NODES:
            raise Halt(Problem("too-deep", Place(FILE), "", "found more than a reading holds, expected less"))
        yield event


def _events(data: Any) -> Iterator[Event]:
    if isinstance(data, dict):
        yield Event("mapping")
        for key, value in data.items():
            yield Event("scalar", key)
            yield from _events(value)
        yield Event("end")
    elif isinstance(data, list):
        yield Event("sequence")
        for value in data:
            yield from _events(value)
        yield Event("end")
    else:
        yield Event("scalar", data if isinstance(data, str) else json.dumps(data), not isinstance(data, str), 1, 1)
