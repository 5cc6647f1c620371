"""Every field of every kind of content, with every fault an author can make: told, in one run, where it stands.

Real packaged files are read as plain data, some fault is planted, and the file is written anew by a
small writer of our own that remembers where it put each key and each value. What the reader reports is
held against that: code, line, column, path, message and hint.
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import os
import re
import types
import typing
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from intimacy_tarot import _axes, _card_text, _heed, _lint, _models, _patterns, _pictures, _source, _spread, _wording
from intimacy_tarot._axes import AxisFile, SeenFile
from intimacy_tarot._card_text import CardText
from intimacy_tarot._check import check_file
from intimacy_tarot._content import read as load
from intimacy_tarot._convert import Converter, convert
from intimacy_tarot._errors import ContentError, Problem
from intimacy_tarot._heed import HeardFile, HeededFile
from intimacy_tarot._lint import RulesFile
from intimacy_tarot._models import DeckFile, Keyed, Text
from intimacy_tarot._patterns import PlacesFile, TableFile
from intimacy_tarot._pictures import MotifsFile, PairsFile, PicturesFile
from intimacy_tarot._source import Folder, Source
from intimacy_tarot._spread import SpreadFile
from intimacy_tarot._template import PERSONS, faults
from intimacy_tarot._wording import (
    ArticleFile,
    CareFile,
    HeadingsFile,
    LensesFile,
    MatterFile,
    PracticesFile,
    QuestionsFile,
    SoloFile,
    ThemeFile,
    ThreadFile,
)

DECK = "rider-waite-smith"
FILES: dict[str, tuple[type, str, str]] = {
    "card": (CardText, "intimacy_tarot.decks", f"{DECK}/major_arcana/00.yaml"),
    "deck": (DeckFile, "intimacy_tarot.decks", f"{DECK}/deck.yaml"),
    "majors": (DeckFile, "intimacy_tarot.decks", "major-arcana/deck.yaml"),
    "pictures": (PicturesFile, "intimacy_tarot.decks", f"{DECK}/pictures.yaml"),
    "pairs": (PairsFile, "intimacy_tarot.decks", f"{DECK}/pairs.yaml"),
    "motifs": (MotifsFile, "intimacy_tarot.decks", f"{DECK}/motifs.yaml"),
    "spread": (SpreadFile, "intimacy_tarot.spreads", "emotional-block.yaml"),
    "axis": (AxisFile, "intimacy_tarot", "wording/en/axes/eyes.yaml"),
    "care": (CareFile, "intimacy_tarot", "wording/en/care.yaml"),
    "heard": (HeardFile, "intimacy_tarot", "wording/en/heard.yaml"),
    "heeded": (HeededFile, "intimacy_tarot", "wording/en/heeded.yaml"),
    "solo": (SoloFile, "intimacy_tarot", "wording/en/solo.yaml"),
    "matter": (MatterFile, "intimacy_tarot", "wording/en/ways/words.yaml"),
    "headings": (HeadingsFile, "intimacy_tarot", "wording/en/headings.yaml"),
    "lenses": (LensesFile, "intimacy_tarot", "wording/en/lenses.yaml"),
    "practices": (PracticesFile, "intimacy_tarot", "wording/en/practices.yaml"),
    "questions": (QuestionsFile, "intimacy_tarot", "wording/en/questions.yaml"),
    "seen": (SeenFile, "intimacy_tarot", "wording/en/seen.yaml"),
    "thread": (ThreadFile, "intimacy_tarot", "wording/en/thread.yaml"),
    "table": (TableFile, "intimacy_tarot", "wording/en/patterns/table.yaml"),
    "places": (PlacesFile, "intimacy_tarot", "wording/en/patterns/places.yaml"),
    "theme": (ThemeFile, "intimacy_tarot", "themes/bond.yaml"),
    "article": (ArticleFile, "intimacy_tarot", "themes/article.yaml"),
    "rules": (RulesFile, "intimacy_tarot", "lint/rules.yaml"),
}
LOADERS = {"pure": yaml.SafeLoader} | ({"c": yaml.CSafeLoader} if hasattr(yaml, "CSafeLoader") else {})

Steps = tuple[str | int, ...]


class Told(NamedTuple):
    """A problem without its file and severity."""

    code: str
    line: int
    column: int
    path: str
    message: str
    hint: str = ""


class Bare(str):
    """A scalar that is written without quotes."""

    __slots__ = ()


class Mapping(list[Any]):
    """A mapping as a list of [key, value], so that a key can stand there twice."""


class Spot(NamedTuple):
    """A place in a file where a fault can be planted: a field of a record, or an item of a field."""

    steps: Steps
    model: type
    field: str
    kind: Any
    """What is read there, without its None."""
    removable: bool
    """Whether it is a key of its record, and not an item, nor a record written as its text alone."""
    required: bool
    optional: bool
    keyed: bool
    """Whether it is a record whose id is its key, or such a record's text written in its stead."""

    @property
    def where(self) -> str:
        """The field's name with its model's."""
        return f"{self.model.__name__}.{self.field}"


# Reading a real file as data, by the models' own annotations


def note_of(kind: Any) -> Any:
    return typing.get_args(kind)[1] if typing.get_origin(kind) is typing.Annotated else None


def fields_of(model: type) -> dict[str, tuple[Any, bool]]:
    hints = typing.get_type_hints(model, include_extras=True)
    return {one.name: (hints[one.name], one.default is dataclasses.MISSING) for one in dataclasses.fields(model)}


def short(model: type) -> bool:
    return {name for name, (_, required) in fields_of(model).items() if required} == {"id", "text"}


def without_none(kind: Any) -> tuple[Any, bool]:
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return next(one for one in typing.get_args(kind) if one is not type(None)), True
    return kind, False


def sample(kind: Any) -> Any:
    """Return some data for a field that the real file leaves out."""
    if isinstance(note_of(kind), Keyed):
        return {}
    if typing.get_origin(kind) is tuple:
        return []
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind)).value
    return {bool: "true", int: "1"}.get(kind, "words")


class Grower:
    """Turns data into a tree of Mapping, list and str, and keeps every spot on the way."""

    def __init__(self) -> None:
        self.spots: list[Spot] = []

    def grow(self, kind: Any, data: Any, steps: Steps) -> Any:
        """Return what belongs at a place, as its kind says."""
        if isinstance(note_of(kind), Keyed):
            return self._keyed(kind, data, steps)
        if dataclasses.is_dataclass(kind):
            return self._record(kind, data, steps, frozenset())
        if typing.get_origin(kind) is tuple:
            return self._items(kind, data, steps)
        return Bare(data) if kind in (int, bool) else data

    def _record(self, model: type, data: Any, steps: Steps, given_: frozenset[str]) -> Mapping:
        tree = Mapping()
        for name, (whole, required) in fields_of(model).items():
            if name in given_:
                continue
            kind, optional = without_none(whole)
            at = (*steps, name)
            self.spots.append(Spot(at, model, name, kind, True, required, optional, False))
            tree.append([name, self.grow(kind, data.get(name, None) or sample(kind), at)])
        return tree

    def _keyed(self, kind: Any, data: Any, steps: Steps) -> Mapping:
        inner = typing.get_args(typing.get_args(kind)[0])[0]
        kept = list(data.items())[: max(2, note_of(kind).least)]
        tree = Mapping()
        for number, (key, value) in enumerate(kept):
            at = (*steps, key)
            if short(inner) and number % 2:
                text = fields_of(inner)["text"][0]
                self.spots.append(Spot(at, inner, "text", text, False, True, False, True))
                tree.append([key, value if isinstance(value, str) else value["text"]])
            else:
                self.spots.append(Spot(at, inner, "id", inner, False, True, False, True))
                whole = {"text": value} if isinstance(value, str) else value
                tree.append([key, self._record(inner, whole, at, frozenset({"id"}))])
        return tree

    def _items(self, kind: Any, data: Any, steps: Steps) -> list[Any]:
        args = typing.get_args(kind)
        parent = self.spots[-1]
        tree = []
        for number, value in enumerate(data[:2]):
            inner = args[0] if args[-1] is Ellipsis else args[number]
            at = (*steps, number)
            self.spots.append(Spot(at, parent.model, parent.field, inner, False, True, False, False))
            tree.append(self.grow(inner, value, at))
        return tree


class Grown(NamedTuple):
    """A real file as a tree, shortened, with its spots."""

    model: type
    tree: Mapping
    spots: list[Spot]


def grown(name: str) -> Grown:
    model, anchor, path = FILES[name]
    text = files(anchor).joinpath(path).read_text("utf-8")
    grower = Grower()
    tree = grower.grow(model, yaml.load(text, Loader=yaml.BaseLoader), ())  # noqa: S506  it makes text alone
    return Grown(model, tree, grower.spots)


GROWN = {name: grown(name) for name in FILES}


def chosen() -> dict[str, list[tuple[str, Spot]]]:
    """Return for each field of each model where to plant: its first and last spot in each file, by kind."""
    found: dict[str, list[tuple[str, Spot]]] = {}
    for name, one in GROWN.items():
        groups: dict[tuple[str, str, bool], list[Spot]] = {}
        for spot in one.spots:
            groups.setdefault((spot.where, str(spot.kind), spot.removable), []).append(spot)
        for (where, _, _), spots in groups.items():
            found.setdefault(where, []).extend((name, spot) for spot in dict.fromkeys((spots[0], spots[-1])))
    return found


CHOSEN = chosen()
FIELDS = sorted(CHOSEN)


# Writing a tree, and knowing where everything stands


class Layout(NamedTuple):
    """How a file is written."""

    indent: int = 2
    flow: bool = False
    comments: bool = False
    head: str = ""


class Written:
    """A tree as text, with the place of each key and each value."""

    def __init__(self, tree: Mapping, layout: Layout) -> None:
        self.keys: dict[Steps, list[tuple[int, int]]] = {}
        self.values: dict[Steps, tuple[int, int]] = {}
        self._layout = layout
        self._parts: list[str] = []
        self._line, self._column = 1, 1
        self._put(layout.head)
        self._value(tree, (), 0)
        self._put("\n")
        self.text = "".join(self._parts)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        if "\n" in text:
            self._line += text.count("\n")
            self._column = 1
        self._column += len(text) - text.rfind("\n") - 1

    def _here(self) -> tuple[int, int]:
        return self._line, self._column

    def _value(self, node: Any, steps: Steps, depth: int) -> None:
        if isinstance(node, list) and node and not self._layout.flow:
            self._block(node, steps, depth)
        elif isinstance(node, list):
            self._flow(node, steps, depth)
        else:
            self.values[steps] = self._here()
            self._put(node if isinstance(node, Bare) else json.dumps(node, ensure_ascii=False))

    def _block(self, node: list[Any], steps: Steps, depth: int) -> None:
        pad = " " * (self._layout.indent * depth)
        for number, item in enumerate(node):
            self._put(f"\n{pad}# {number}: é, 界\n{pad}" if self._layout.comments else f"\n{pad}")
            self.values.setdefault(steps, self._here())
            if isinstance(node, Mapping):
                self._pair(item, steps, depth + 1)
            else:
                self._put("- ")
                self._value(item, (*steps, number), depth + 1)

    def _flow(self, node: list[Any], steps: Steps, depth: int) -> None:
        self.values[steps] = self._here()
        self._put("{" if isinstance(node, Mapping) else "[")
        for number, item in enumerate(node):
            self._put(", " if number else "")
            if isinstance(node, Mapping):
                self._pair(item, steps, depth)
            else:
                self._value(item, (*steps, number), depth)
        self._put("}" if isinstance(node, Mapping) else "]")

    def _pair(self, item: list[Any], steps: Steps, depth: int) -> None:
        key, value = item
        at = (*steps, key)
        self.keys.setdefault(at, []).append(self._here())
        again = len(self.keys[at]) > 1
        self._put(f"{key if re.fullmatch('[a-z0-9][a-z0-9_.-]*', key) else json.dumps(key)}: ")
        self._value(value, (*steps, f"{key} again") if again else at, depth)


def path_of(steps: Steps) -> str:
    return "".join(f".{step}" if isinstance(step, str) else f"[{step}]" for step in steps).removeprefix(".")


def at(tree: Any, steps: Steps) -> Any:
    for step in steps:
        tree = next(value for key, value in tree if key == step) if isinstance(tree, Mapping) else tree[step]
    return tree


def copied(node: Any) -> Any:
    if isinstance(node, Mapping):
        return Mapping([key, copied(value)] for key, value in node)
    return [copied(item) for item in node] if isinstance(node, list) else node


def put(tree: Any, steps: Steps, value: Any) -> None:
    parent, step = at(tree, steps[:-1]), steps[-1]
    if isinstance(parent, Mapping):
        next(pair for pair in parent if pair[0] == step)[1] = value
    else:
        parent[step] = value


# The faults: how each is planted, and what is told of it


class Fault(NamedTuple):
    """A change to a tree, and what is expected of it once the tree is written."""

    change: typing.Callable[[Mapping], None]
    expect: typing.Callable[[Written], list[Told]]


def missing(spot: Spot) -> typing.Iterator[Fault]:
    """Leave a required key out: told at the record."""
    parent = spot.steps[:-1]

    def change(tree: Mapping) -> None:
        record = at(tree, parent)
        record[:] = [pair for pair in record if pair[0] != spot.field]

    def expect(written: Written) -> list[Told]:
        message = f"found no {spot.field!r}, expected one"
        return [Told("missing-key", *written.values[parent], path_of(parent), message)]

    if spot.removable and spot.required:
        yield Fault(change, expect)


def misspelt(spot: Spot) -> typing.Iterator[Fault]:
    """Write a key with a slip: told at the key, with the right one, which is told as missing where it is needed."""
    parent, wrong = spot.steps[:-1], f"{spot.field}q"

    def change(tree: Mapping) -> None:
        next(pair for pair in at(tree, parent) if pair[0] == spot.field)[0] = wrong

    def expect(written: Written) -> list[Told]:
        (place,) = written.keys[*parent, wrong]
        hint = f"did you mean {spot.field!r}?"
        told = [Told("unknown-key", *place, path_of(parent), f"found the unknown key {wrong!r}", hint)]
        return told + [one for fault in missing(spot) for one in fault.expect(written)]

    if spot.removable:
        yield Fault(change, expect)


def doubled(spot: Spot) -> typing.Iterator[Fault]:
    """Write a key again at the end of its record, with any value: told at the second."""
    parent, key = spot.steps[:-1], spot.steps[-1]

    def change(tree: Mapping) -> None:
        at(tree, parent).append([key, Mapping([["a", ["b"]], ["a", "c"]])])

    def expect(written: Written) -> list[Told]:
        first, second = written.keys[spot.steps]
        message = f"found the key {key!r} again, expected it once"
        return [Told("duplicate-key", *second, path_of(parent), message, f"first on line {first[0]}")]

    if isinstance(key, str):
        yield Fault(change, expect)


def replaced(spot: Spot, value: Any, *told: tuple[str, str] | tuple[str, str, str], inner: Steps = ()) -> Fault:
    """Put another value in its place: told at the value."""

    def change(tree: Mapping) -> None:
        put(tree, spot.steps, value)

    def expect(written: Written) -> list[Told]:
        steps = spot.steps + inner
        return [Told(one[0], *written.values[steps], path_of(steps), *one[1:]) for one in told]

    return Fault(change, expect)


MAPPING = Mapping([["a", Mapping([["b", ["c", "d"]]])]])
SEQUENCE = ["a", ["b", Mapping([["c", "d"]])]]


def wanted(spot: Spot) -> str:
    """Return how a message calls what belongs in a spot."""
    kind = spot.kind
    if isinstance(note_of(kind), Keyed):
        return "a mapping from ids"
    if dataclasses.is_dataclass(kind):
        return f"a mapping with {', '.join(name for name in fields_of(kind) if name != 'id' or not spot.keyed)}"
    if typing.get_origin(kind) is tuple:
        return "a list"
    if words := words_of(kind):
        return f"one of {', '.join(words)}"
    return {int: "a whole number", bool: "true or false"}.get(kind, "text")


def words_of(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return [member.value for member in kind]
    return list(typing.get_args(kind)) if typing.get_origin(kind) is typing.Literal else []


def mistyped(spot: Spot) -> typing.Iterator[Fault]:
    """Put a value of every wrong kind: told at the value, whatever it holds."""
    expected = wanted(spot)
    if spot.keyed and expected == "text":
        names = ", ".join(name for name in fields_of(spot.model) if name != "id")
        yield replaced(spot, SEQUENCE, ("wrong-type", f"found a sequence, expected a mapping with {names}"))
        yield replaced(spot, "", ("wrong-type", "found '', expected text"))
        return
    if expected != "a list":
        yield replaced(spot, SEQUENCE, ("wrong-type", f"found a sequence, expected {expected}"))
    if not expected.startswith("a mapping"):
        yield replaced(spot, MAPPING, ("wrong-type", f"found a mapping, expected {expected}"))
    if expected.startswith("a ") and not (spot.keyed and short(spot.kind)):
        yield replaced(spot, "some words", ("wrong-type", f"found 'some words', expected {expected}"))
        yield replaced(spot, Bare("1.5"), ("wrong-type", f"found '1.5', expected {expected}"))
    if expected == "true or false":
        for word in ("yes", "True", "1"):
            yield replaced(spot, Bare(word), ("wrong-type", f"found {word!r}, expected {expected}"))
        yield replaced(spot, "true", ("wrong-type", f"found 'true', expected {expected}"))
    if expected == "text":
        yield replaced(spot, "", ("wrong-type", "found '', expected text"))
    if expected.startswith("one of "):
        for word in words_of(spot.kind):
            told = ("unknown-value", f"found {word + 'q'!r}, expected {expected}", f"did you mean {word!r}?")
            yield replaced(spot, f"{word}q", told)
        yield replaced(spot, "§", ("unknown-value", f"found '§', expected {expected}"))


def miscounted(spot: Spot) -> typing.Iterator[Fault]:
    """Give a list of fixed length one value less, and one more: told at the list."""
    args = typing.get_args(spot.kind) if typing.get_origin(spot.kind) is tuple else ()
    if args and args[-1] is not Ellipsis:

        def change(tree: Mapping, more: int) -> None:
            values = at(tree, spot.steps)
            put(tree, spot.steps, (values * 2)[: len(args) + more])

        for more in (-1, 1):
            told = ("wrong-length", f"found {len(args) + more} values, expected {len(args)}")
            yield Fault(lambda tree, more=more: change(tree, more), replaced(spot, None, told).expect)


def misnamed(spot: Spot) -> typing.Iterator[Fault]:
    """Give records that are kept by id an odd id, an id twice, and too few of them."""
    note = note_of(spot.kind)
    if not isinstance(note, Keyed):
        return
    for wrong in ("Odd Id", "odd_id-", "é", "a..b", ""):

        def change(tree: Mapping, wrong: str = wrong) -> None:
            at(tree, spot.steps).append([wrong, MAPPING])

        def expect(written: Written, wrong: str = wrong) -> list[Told]:
            (place,) = written.keys[*spot.steps, wrong]
            return [Told("bad-id", *place, path_of(spot.steps), f"found the id {wrong!r}, expected lower-case words")]

        yield Fault(change, expect)
    if note.least:
        message = f"found 0 of these, expected at least {note.least}"
        yield replaced(spot, Mapping(), ("too-few", message))


def blank(spot: Spot) -> typing.Iterator[Fault]:
    """Leave a passage blank, or give it a name in braces that it may not use: told at the passage."""
    note = note_of(spot.kind)
    if isinstance(note, Text):
        yield replaced(spot, " \n ", ("empty-text", "found empty text, expected some words"))
        if note.names != ("*",):
            text = "{{ Q.subj }} {{ P.who }} {{ partner.subject | upper }}"
            told = faults(text, {name: PERSONS[name] for name in note.names})
            yield replaced(spot, text, *(("template", message, hint) for _, message, hint in told))


def nothing(spot: Spot) -> typing.Iterator[Fault]:
    """Write a required key without a value: told where the value would be."""
    kinds = ("text", "a whole number", "true or false", "a list")
    if spot.removable and not spot.optional and wanted(spot) in kinds:
        yield replaced(spot, Bare("~" if wanted(spot) != "text" else "''"), ("wrong-type", empty_message(spot)))


def empty_message(spot: Spot) -> str:
    return f"found {'~' if wanted(spot) != 'text' else ''!r}, expected {wanted(spot)}"


def refused(spot: Spot) -> typing.Iterator[Fault]:
    """Give a record values that it refuses as a whole: told at the record."""
    where = spot.where if spot.removable or spot.field == "id" else ""
    if where == "Meaning.care":
        record = spot.steps[:-1]
        message = "found care 3, expected 0, 1 or 2"
        fault = replaced(spot, Bare("3"))
        yield Fault(
            fault.change, lambda written: [Told("bad-value", *written.values[record], path_of(record), message)]
        )
    if where == "Card.id":
        wrong = "major_arcana.22"
        steps = (*spot.steps[:-1], wrong)
        message = f"found the card id {wrong!r}, expected one like major_arcana.17 or minor_arcana.cups.two"

        def change(tree: Mapping) -> None:
            next(pair for pair in at(tree, spot.steps[:-1]) if pair[0] == spot.steps[-1])[0] = wrong

        yield Fault(change, lambda written: [Told("bad-value", *written.values[steps], path_of(steps), message)])


KINDS = (missing, misspelt, doubled, mistyped, miscounted, misnamed, blank, nothing)


def overlong(spot: Spot) -> typing.Iterator[Fault]:
    """Give a passage a word more than it has room for, a word less than it needs, or the wrong end."""
    note = note_of(spot.kind)
    if not isinstance(note, Text):
        return
    sound = " ".join(["word"] * note.least)
    for count in {note.least - 1, note.most + 1} - {0}:
        text = " ".join(["word"] * count)
        yield replaced(spot, text, ("budget", f"found {count} words, expected {note.least} to {note.most}"))
    if note.fragment:
        for text in (f"{sound}.", f"{sound}?", f"{sound}!", sound.replace(" ", ", ", 1)):
            told = ("fragment", f"found {text!r}, expected a phrase without comma or final stop")
            yield replaced(spot, text, told)


# Reading what was written


def read(model: type, text: str) -> list[Told]:
    """Return what loading a text tells, by place; nothing if it loads."""
    try:
        convert(Source("f.yaml", text), model)
    except ContentError as error:
        return told_of(error.problems)
    return []


def read_strictly(model: type, text: str) -> list[Told]:
    """Return what checking a text tells, in the order in which it was found."""
    source = Source("f.yaml", text)
    reader = Converter(source, source.events(), strict=True)
    reader.read(model)
    return told_of(reader.problems)


def told_of(problems: typing.Iterable[Problem]) -> list[Told]:
    assert all((problem.place.file, problem.severity) == ("f.yaml", "error") for problem in problems)
    return [Told(one.code, one.place.line, one.place.column, one.path, one.message, one.hint) for one in problems]


def planted(name: str, spot: Spot, layout: Layout, kinds=KINDS) -> typing.Iterator[tuple[str, list[Told]]]:
    """Yield the text and what should be told of it, for each fault that a spot can have."""
    for kind in kinds:
        for fault in kind(spot):
            tree = copied(GROWN[name].tree)
            fault.change(tree)
            written = Written(tree, layout)
            yield written.text, sorted(fault.expect(written), key=lambda told: (told.line, told.column))


# The tests


def models_below(model: type) -> set[type]:
    """Return a model and all that its fields hold."""
    found, rest = {model}, [hint for hint, _ in fields_of(model).values()]
    while rest:
        kind = rest.pop()
        rest += typing.get_args(kind) if not dataclasses.is_dataclass(kind) else ()
        if dataclasses.is_dataclass(kind) and kind not in found and not isinstance(kind, Keyed):
            found.add(kind)
            rest += [hint for hint, _ in fields_of(kind).values()]
    return found


def test_every_kind_of_content_is_among_the_files():
    """No kind of file is added to the content without a real file of it here."""
    kinds = {
        one
        for module in (_axes, _card_text, _heed, _models, _patterns, _pictures, _spread, _wording, _lint)
        for name, one in inspect.getmembers(module, dataclasses.is_dataclass)
        if name.endswith("File") or one is CardText
    }
    assert kinds == {model for model, _, _ in FILES.values()}


def test_every_field_of_every_model_is_tried():
    """Faults are planted in every field of every model that any file holds; an id is its record's key."""
    models = {one for model, _, _ in FILES.values() for one in models_below(model)}
    assert len(models) > 30
    every = {f"{model.__name__}.{name}" for model in models for name in fields_of(model)}
    assert set(FIELDS) == every


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "layout",
    [Layout(), Layout(4, comments=True), Layout(1), Layout(flow=True, head="# é\n\n"), Layout(2, head="---\n")],
    ids=str,
)
def test_a_real_file_written_anew_is_sound(name, layout):
    """What the writer makes of a real file without a fault is read without one, and the writer knows every place."""
    model, tree, spots = GROWN[name]
    written = Written(tree, layout)
    source = Source("f.yaml", written.text)
    reader = Converter(source, source.events(), strict=True)
    assert isinstance(reader.read(model), model)
    assert read(model, written.text) == []
    places = {path: (place.line, place.column) for path, place in reader.places.items()}
    expected = {path_of(steps): place for steps, place in written.values.items()}
    assert {path: places[path] for path in expected} == expected
    assert {path_of(spot.steps) for spot in spots} <= set(places)


@pytest.mark.parametrize("where", FIELDS)
@pytest.mark.parametrize("kind", [*KINDS, refused], ids=lambda kind: kind.__name__)
def test_a_fault_in_a_field_is_told_where_it_stands(where, kind):
    """Each kind of fault in each field is told, and nothing else is, at the exact line and column."""
    for name, spot in CHOSEN[where]:
        for text, expected in planted(name, spot, Layout(), [kind]):
            assert read(GROWN[name].model, text) == expected


@pytest.mark.parametrize("where", FIELDS)
def test_a_fault_is_told_in_any_layout(where):
    """On one long line, far apart between comments or closely indented: the place is the place."""
    name, spot = CHOSEN[where][-1]
    for layout in (Layout(flow=True, head="--- # é\n"), Layout(1, comments=True)):
        for text, expected in planted(name, spot, layout):
            assert read(GROWN[name].model, text) == expected


@pytest.mark.parametrize("where", [where for where in FIELDS if any(list(overlong(spot)) for _, spot in CHOSEN[where])])
def test_a_passage_over_its_budget_is_told_to_its_author(where):
    """Words too many or too few and phrases that end a sentence are told when a file is checked, and only then."""
    for name, spot in CHOSEN[where]:
        model = GROWN[name].model
        for text, expected in planted(name, spot, Layout(), [overlong]):
            assert [one for one in read_strictly(model, text) if one.path == path_of(spot.steps)] == expected
            assert read(model, text) == []


def needs(spot: Spot, record: Mapping) -> str:
    """Return what a record says when it needs a field that other records may leave out."""
    values = {key: value for key, value in record if isinstance(value, str)}
    if spot.where == "Meaning.sign" and values["polarity"] == "shadow":
        return "found no sign, expected the sign that this strained meaning shows"
    if spot.where == "Sight.clause" and values["side"] != "none":
        return "found no clause, expected one for a side that can be told of"
    return ""


@pytest.mark.parametrize("where", [where for where in FIELDS if not all(spot.required for _, spot in CHOSEN[where])])
def test_what_may_be_left_out_may_be_left_out(where):
    """A field with a default may be missing, and one that may be nothing may be so, unless its record needs it."""
    for name, spot in CHOSEN[where]:
        record = spot.steps[:-1]
        message = needs(spot, at(GROWN[name].tree, record)) if spot.removable else ""
        texts = [None] * (spot.removable and not spot.required) + ["", "~", "null"] * spot.optional
        for text in texts:
            tree = copied(GROWN[name].tree)
            if text is None:
                at(tree, record)[:] = [pair for pair in at(tree, record) if pair[0] != spot.field]
            else:
                put(tree, spot.steps, Bare(text))
            written = Written(tree, Layout())
            expected = [Told("bad-value", *written.values[record], path_of(record), message)] if message else []
            assert read(GROWN[name].model, written.text) == expected


LAYOUTS = st.builds(
    Layout,
    indent=st.integers(1, 5),
    flow=st.booleans(),
    comments=st.booleans(),
    head=st.sampled_from(["", "# é\n\n", "--- # 界\n", "\n \n"]),
)


def apart(one: Steps, other: Steps) -> bool:
    """Whether two spots are neither the same nor one within the other."""
    length = min(len(one), len(other))
    return one[:length] != other[:length]


@st.composite
def mixtures(draw) -> tuple[str, list[tuple[Spot, Fault]]]:
    """Return a file's name and two to five faults for it, in fields of their own."""
    name = draw(st.sampled_from(list(FILES)))
    faults_: list[tuple[Spot, Fault]] = []
    for _ in range(draw(st.integers(2, 5))):
        spot = draw(st.sampled_from(GROWN[name].spots))
        found = [fault for kind in KINDS for fault in kind(spot)]
        if found and all(apart(spot.steps, other.steps) for other, _ in faults_):
            faults_.append((spot, draw(st.sampled_from(found))))
    assume(len(faults_) > 1)
    return name, faults_


@pytest.mark.parametrize("loader", LOADERS)
@settings(max_examples=300)
@given(mixture=mixtures(), layout=LAYOUTS)
def test_faults_planted_together_are_told_together(loader, mixture, layout):
    """Two faults or more in one file are all told in one run, each where it stands, by either loader."""
    name, faults_ = mixture
    tree = copied(GROWN[name].tree)
    for _, fault in faults_:
        fault.change(tree)
    written = Written(tree, layout)
    expected = [one for _, fault in faults_ for one in fault.expect(written)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_source, "_LOADER", LOADERS[loader])
        assert sorted(read(GROWN[name].model, written.text)) == sorted(expected)


# Bad files, each beside the messages expected of it

BAD = Path(__file__).parent / "content" / "bad"
BAD_FILES = sorted(path.name for path in BAD.glob("*.yaml"))


def checked(name: str) -> list[str]:
    """Return the messages of checking a bad file as what its name begins with, without the folder."""
    folder = Folder.on_disk(BAD)
    problems = check_file(folder, name, FILES[name.partition("-")[0]][0]).problems
    return [str(one).removeprefix(f"{folder.path}/") for one in sorted(problems, key=lambda one: one.place)]


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("loader", LOADERS)
def test_a_bad_file_gives_its_messages(loader, name, monkeypatch):
    """Each file in content/bad gives just the messages in the text beside it, all in one run, by either loader."""
    monkeypatch.setattr(_source, "_LOADER", LOADERS[loader])
    beside = BAD / name.replace(".yaml", ".txt")
    found = "".join(f"{line}\n" for line in checked(name))
    if os.environ.get("REGENERATE") == "1":
        beside.write_text(found, "utf-8")
    assert found == beside.read_text("utf-8")


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_has_several_faults_and_says_where(name):
    """A bad file is worth its place: it has at least three faults, each with line and column inside it."""
    length = len((BAD / name).read_text("utf-8").splitlines())
    found = checked(name)
    assert len(found) >= 3
    for line in found:
        place = re.match(rf"{re.escape(name)}:(\d+):(\d+): found ", line)
        assert place
        assert 1 <= int(place[1]) <= length


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_cannot_be_loaded(name):
    """What keeps a file from being loaded is among what is told when it is checked."""
    folder = Folder.on_disk(BAD)
    with pytest.raises(ContentError) as told:
        load(folder, name, FILES[name.partition("-")[0]][0])
    lines = [str(one).removeprefix(f"{folder.path}/") for one in told.value.problems]
    assert set(lines) <= set(checked(name))


def test_bad_files_and_messages_come_in_twos():
    """Every bad file has its messages, every text its file, and the kinds that authors write are among them."""
    assert {path.stem for path in BAD.glob("*.txt")} == {path.stem for path in BAD.glob("*.yaml")}
    assert {name.partition("-")[0] for name in BAD_FILES} >= {"deck", "card", "spread", "care", "pictures"}
