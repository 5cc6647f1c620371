"""Events into typed models: what each kind of value may be, how faults are told, and that all are told in one run."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated, Literal, Optional

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from intimacy_tarot._convert import Converter, convert, count_words
from intimacy_tarot._errors import ContentError, Place
from intimacy_tarot._models import Keyed, Plain, Text
from intimacy_tarot._seed import Seed, Tagged, tag
from intimacy_tarot._source import Event, Source


class Color(StrEnum):
    """Two words."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record that may be written as its text."""

    id: str
    text: Plain
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A record that needs more than its text."""

    id: str
    text: Annotated[str, Text(1, 9, ("partner",))]
    size: int

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError(f"found the size {self.size}, expected none below 0")


@dataclass(frozen=True, slots=True)
class Tree:
    """A field of every kind."""

    name: str
    words: Annotated[str, Text(2, 4)]
    phrase: Annotated[str, Text(1, 4, fragment=True)]
    open: Annotated[str, Text(1, 9, ("*",))]
    count: int
    share: float
    sure: bool
    color: Color
    way: Literal["up", "down"]
    pair: tuple[int, Color]
    many: tuple[str, ...]
    first: Branch
    leaves: Annotated[tuple[Leaf, ...], Keyed(least=2)]
    branches: Annotated[tuple[Branch, ...], Keyed()] = ()
    maybe: int | None = None
    older: Optional[Color] = None  # noqa: UP045  the older spelling is read too
    clause: Annotated[str, Text(2, 3)] | None = None
    seed: Annotated[Seed | None, Tagged()] = None
    hidden: int = field(default=7, metadata={"recorded": False})


LINES = {
    "name": "name: No",
    "words": "words: some plain words",
    "phrase": "phrase: a phrase",
    "open": 'open: "{{ anything.at_all }}"',
    "count": "count: 3",
    "share": "share: 0.5",
    "sure": "sure: true",
    "color": "color: red",
    "way": "way: up",
    "pair": "pair: [1, blue]",
    "many": "many: [a, b]",
    "first": "first: {id: one, text: words, size: 0}",
    "leaves": "leaves: {one: short, two: {text: long, note: more}}",
    "branches": "branches: {one: {text: words, size: 1}}",
    "maybe": "maybe: 5",
    "older": "older: blue",
    "clause": "clause: two words",
    "seed": 'seed: {int: "42"}',
}
ORDER = list(LINES)
TREE = Tree(
    name="No",
    words="some plain words",
    phrase="a phrase",
    open="{{ anything.at_all }}",
    count=3,
    share=0.5,
    sure=True,
    color=Color.RED,
    way="up",
    pair=(1, Color.BLUE),
    many=("a", "b"),
    first=Branch("one", "words", 0),
    leaves=(Leaf("one", "short"), Leaf("two", "long", "more")),
    branches=(Branch("one", "words", 1),),
    maybe=5,
    older=Color.BLUE,
    clause="two words",
    seed=42,
)


def text_of(**changes: str) -> str:
    """Return the tree's file with some lines written otherwise, one line a field; an empty one is left out."""
    return "\n".join(line for line in (LINES | changes).values() if line) + "\n"


def tree(**changes: str) -> Tree:
    return convert(Source("t.yaml", text_of(**changes)), Tree)[0]


def told(text: str, *, strict: bool = False) -> list[str]:
    """Return the faults of a tree's file without the file's name."""
    source = Source("t.yaml", text)
    reader = Converter(source, source.events(), strict=strict)
    reader.read(Tree)
    return [str(problem).removeprefix("t.yaml:") for problem in reader.problems]


# What each kind of value may be


def test_every_kind_is_read():
    """A file with a field of every kind becomes the value that it says."""
    assert tree() == TREE


def test_what_has_a_default_may_be_left_out():
    """Optional fields fall back to the model's own defaults."""
    bare = tree(branches="", maybe="", older="", clause="", seed="")
    assert (bare.branches, bare.maybe, bare.older, bare.clause, bare.seed) == ((), None, None, None, None)
    assert bare.hidden == 7


@pytest.mark.parametrize("name", ["maybe", "older", "clause"])
@pytest.mark.parametrize("nothing", ["", "null", "~"])
def test_nothing_is_read_as_nothing(name, nothing):
    """An optional field may be written and empty."""
    assert getattr(tree(**{name: f"{name}: {nothing}"}), name) is None


@pytest.mark.parametrize("text", ["No", "12:30", "2024-01-01", "null", "~", "true", "3", "0x1f", "'quoted'", '"\\""'])
def test_text_is_text_where_text_is_wanted(text):
    """The field's type decides what a scalar is: nothing that looks like a date or a truth becomes one."""
    assert tree(name=f"name: {text}").name == yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  it makes text alone


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("-0", 0), ("+5", 5), ("-12", -12), ("9" * 15, 10**15 - 1), ("-" + "9" * 14, 1 - 10**14)],
)
def test_whole_numbers(text, value):
    """A whole number is written in plain decimal digits, with a sign if it has one."""
    assert tree(count=f"count: {text}").count == value


@pytest.mark.parametrize(
    "text",
    [
        "007",
        "1_000",
        "0x1f",
        "0o7",
        "1.0",
        "1e3",
        "",
        "five",
        "'5'",
        '"5"',
        "9" * 16,
        "9" * 17,
        "+",
        "\u0661",
        "~",
        "1:30",
        "true",
    ],
)
def test_no_whole_number(text):
    """Whatever else may look like a whole number is told, and never guessed."""
    found = repr(text.strip("'\""))
    column = 8 if text else 7
    line = ORDER.index("count") + 1
    assert told(text_of(count=f"count: {text}")) == [
        f"{line}:{column}: found {found}, expected a whole number (at count)"
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1.0),
        ("0.5", 0.5),
        ("-2.25", -2.25),
        ("1e3", 1000.0),
        ("1.5E-2", 0.015),
        ("+0.0", 0.0),
        ("0." + "5" * 37, 5 / 9),
    ],
)
def test_numbers(text, value):
    """A number is written in decimal digits, with a point or an exponent if it has one."""
    found = tree(share=f"share: {text}").share
    assert isinstance(found, float)
    assert found == value


@pytest.mark.parametrize(
    "text", [".5", "5.", "00.5", ".inf", "-.INF", ".nan", "1_0.0", "'0.5'", "1e", "1" * 40, "1" * 41, "half"]
)
def test_no_number(text):
    """Infinities, no-numbers and half-written numbers are told."""
    found = text.strip("'")
    shown = repr(found) if len(found) <= 40 else repr(found[:37] + "...")
    line = ORDER.index("share") + 1
    assert told(text_of(share=f"share: {text}")) == [f"{line}:8: found {shown}, expected a number (at share)"]


@given(st.integers(1 - 10**14, 10**14), st.integers(-(2**40), 2**40).map(lambda number: number / 1024))
def test_numbers_come_back(count, share):
    """What Python writes of a number is read as that number."""
    found = tree(count=f"count: {count}", share=f"share: {share!r}")
    assert (found.count, found.share) == (count, share)


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False)])
def test_truths(text, value):
    """Only true and false are truths."""
    assert tree(sure=f"sure: {text}").sure is value


@pytest.mark.parametrize("text", ["True", "FALSE", "yes", "on", "1", "'true'", "~"])
def test_no_truth(text):
    """Other words for true and false are told."""
    found = text.strip("'")
    line = ORDER.index("sure") + 1
    assert told(text_of(sure=f"sure: {text}")) == [f"{line}:7: found {found!r}, expected true or false (at sure)"]


@pytest.mark.parametrize(
    "text", ["a  b", "' a b '", "|\n  a\n  b\n", ">-\n  a\n\n  b", '"a\\tb"', '"a\\n b"', "a\n  b"]
)
def test_space_in_text_is_one_space(text):
    """Breaks and runs of space in a passage are one space, and none stands at its ends."""
    assert tree(words=f"words: {text}").words == "a b"


def test_a_text_in_a_plain_field_keeps_its_space():
    """Only passages are folded: an id or a code stays as it is."""
    assert tree(name="name: ' a  b '").name == " a  b "


# Faults, one at a time: message and place

FAULTS = {
    "a missing key": ({"count": ""}, ["1:1: found no 'count', expected one"]),
    "an unknown key": (
        {"maybe": "mabye: 5"},
        ["15:1: found the unknown key 'mabye'; did you mean 'maybe'?"],
    ),
    "an unknown key unlike any": (
        {"maybe": "zzzz: {a: [b]}"},
        [f"15:1: found the unknown key 'zzzz'; known: {', '.join(ORDER)}"],
    ),
    "a field that is not recorded": (
        {"maybe": "hidden: 5"},
        [f"15:1: found the unknown key 'hidden'; known: {', '.join(ORDER)}"],
    ),
    "a key twice": (
        {"many": "many: [a, b]\nmany: {a: [b]}"},
        ["12:1: found the key 'many' again, expected it once; first on line 11"],
    ),
    "a key thrice": (
        {"many": "many: [a, b]\n'many': 1\n? many\n: 2"},
        [
            "12:1: found the key 'many' again, expected it once; first on line 11",
            "13:3: found the key 'many' again, expected it once; first on line 11",
        ],
    ),
    "a list as a key": (
        {"maybe": "? [a, {b: c}]\n: {d: e}"},
        ["15:3: found a sequence as a key, expected a word"],
    ),
    "a mapping as a key": ({"maybe": "{a: b}: c"}, ["15:1: found a mapping as a key, expected a word"]),
    "a merge key": (
        {"maybe": "<<: {count: 5}"},
        [f"15:1: found the unknown key '<<'; known: {', '.join(ORDER)}"],
    ),
    "a list for text": ({"name": "name: [a, {b: c}]"}, ["1:7: found a sequence, expected text (at name)"]),
    "a mapping for a passage": ({"words": "words: {a: b}"}, ["2:8: found a mapping, expected text (at words)"]),
    "no text": ({"name": "name:"}, ["1:6: found '', expected text (at name)"]),
    "empty text": ({"words": "words: ''"}, ["2:8: found '', expected text (at words)"]),
    "blank text": ({"words": "words: '  '"}, ["2:8: found empty text, expected some words (at words)"]),
    "a list for a number": ({"count": "count: [1]"}, ["5:8: found a sequence, expected a whole number (at count)"]),
    "a mapping for a truth": ({"sure": "sure: {a: b}"}, ["7:7: found a mapping, expected true or false (at sure)"]),
    "another word": (
        {"color": "color: read"},
        ["8:8: found 'read', expected one of red, blue (at color); did you mean 'red'?"],
    ),
    "a word unlike any": ({"color": "color: '#'"}, ["8:8: found '#', expected one of red, blue (at color)"]),
    "a list for a word": ({"color": "color: [red]"}, ["8:8: found a sequence, expected one of red, blue (at color)"]),
    "another way": (
        {"way": "way: upp"},
        ["9:6: found 'upp', expected one of up, down (at way); did you mean 'up'?"],
    ),
    "a mapping for a way": ({"way": "way: {up: up}"}, ["9:6: found a mapping, expected one of up, down (at way)"]),
    "a list for a way": ({"way": "way: [up]"}, ["9:6: found a sequence, expected one of up, down (at way)"]),
    "a word for a list": ({"many": "many: a"}, ["11:7: found 'a', expected a list (at many)"]),
    "a mapping for a list": ({"many": "many: {a: b}"}, ["11:7: found a mapping, expected a list (at many)"]),
    "a fault in a list": ({"many": "many: [a, [b], c]"}, ["11:11: found a sequence, expected text (at many[1])"]),
    "a pair of one": ({"pair": "pair: [1]"}, ["10:7: found 1 values, expected 2 (at pair)"]),
    "a pair of none": ({"pair": "pair: []"}, ["10:7: found 0 values, expected 2 (at pair)"]),
    "a pair of three": ({"pair": "pair: [1, red, blue]"}, ["10:7: found 3 values, expected 2 (at pair)"]),
    "a pair the wrong way round": (
        {"pair": "pair: [red, 1]"},
        [
            "10:8: found 'red', expected a whole number (at pair[0])",
            "10:13: found '1', expected one of red, blue (at pair[1])",
        ],
    ),
    "a word for a record": (
        {"first": "first: a"},
        ["12:8: found 'a', expected a mapping with id, text, size (at first)"],
    ),
    "a list for a record": (
        {"first": "first: [a]"},
        ["12:8: found a sequence, expected a mapping with id, text, size (at first)"],
    ),
    "a fault in a record": (
        {"first": "first: {id: one, text: words, size: x, sise: 2}"},
        [
            "12:37: found 'x', expected a whole number (at first.size)",
            "12:40: found the unknown key 'sise' (at first); did you mean 'size'?",
        ],
    ),
    "a record that refuses its values": (
        {"first": "first: {id: one, text: words, size: -1}"},
        ["12:8: found the size -1, expected none below 0 (at first)"],
    ),
    "a list for records": (
        {"leaves": "leaves: [a, b]"},
        ["13:9: found a sequence, expected a mapping from ids (at leaves)"],
    ),
    "a word for records": ({"leaves": "leaves: a"}, ["13:9: found 'a', expected a mapping from ids (at leaves)"]),
    "too few records": (
        {"leaves": "leaves: {one: a}"},
        ["13:9: found 1 of these, expected at least 2 (at leaves)"],
    ),
    "an odd id": (
        {"leaves": "leaves: {one: a, Two: [b], 't w': c, three: d}"},
        [
            "13:18: found the id 'Two', expected lower-case words (at leaves)",
            "13:28: found the id 't w', expected lower-case words (at leaves)",
        ],
    ),
    "an id twice": (
        {"leaves": "leaves: {one: a, two: b, one: [c]}"},
        ["13:26: found the key 'one' again, expected it once (at leaves); first on line 13"],
    ),
    "an id in a record that has it": (
        {"branches": "branches: {one: {id: one, text: words, size: 1}}"},
        ["14:18: found the unknown key 'id' (at branches.one); known: text, size"],
    ),
    "a fault in a short record": (
        {"leaves": "leaves: {one: '', two: ' ', three: {text: []}}"},
        [
            "13:15: found '', expected text (at leaves.one)",
            "13:24: found empty text, expected some words (at leaves.two)",
            "13:43: found a sequence, expected text (at leaves.three.text)",
        ],
    ),
    "a list for a short record": (
        {"leaves": "leaves: {one: a, two: [b]}"},
        ["13:23: found a sequence, expected a mapping with text, note (at leaves.two)"],
    ),
    "a record that is too short": (
        {"branches": "branches: {one: words}"},
        ["14:17: found 'words', expected a mapping with text, size (at branches.one)"],
    ),
    "a record of records that refuses its values": (
        {"branches": "branches: {one: {text: words, size: -1}}"},
        ["14:17: found the size -1, expected none below 0 (at branches.one)"],
    ),
    "a name in plain words": (
        {"words": 'words: "{{ P.subj }} rests"'},
        ["2:8: found the name 'P', expected no name here (at words)"],
    ),
    "a name that is not this field's": (
        {"branches": 'branches: {one: {text: "{{ P.subj }} {{ partner.sub }} {{ x", size: 1}}'},
        ["14:24: found the tag '{{ x', expected names, attributes and filters (at branches.one.text)"],
    ),
    "a seed of no kind": (
        {"seed": "seed: {date: '1'}"},
        ["18:7: found a seed without its type, expected one of str, int, bytes, tuple (at seed)"],
    ),
    "a seed of nothing": (
        {"seed": "seed: {tuple: []}"},
        ["18:7: found an empty tuple as a seed, expected values in it, at most 8 deep (at seed)"],
    ),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_told_once_and_in_its_place(kind):
    """Each fault gives its message at its line and column with its path, and no second message for one mistake."""
    changes, expected = FAULTS[kind]
    assert told(text_of(**changes)) == expected
    assert told(text_of(**changes), strict=True) == expected
    with pytest.raises(ContentError) as raised:
        tree(**changes)
    assert [str(problem) for problem in raised.value.problems] == [f"t.yaml:{line}" for line in expected]


CODES = {
    "a missing key": "missing-key",
    "an unknown key": "unknown-key",
    "a key twice": "duplicate-key",
    "a list as a key": "wrong-key",
    "no text": "wrong-type",
    "blank text": "empty-text",
    "another word": "unknown-value",
    "a pair of one": "wrong-length",
    "a record that refuses its values": "bad-value",
    "too few records": "too-few",
    "an odd id": "bad-id",
    "a name in plain words": "template",
    "a seed of no kind": "bad-seed",
}


@pytest.mark.parametrize("kind", CODES)
def test_a_fault_has_a_code_that_stays(kind):
    """Programs know a fault by its code, whatever its message says."""
    with pytest.raises(ContentError) as raised:
        tree(**FAULTS[kind][0])
    assert {problem.code for problem in raised.value.problems} == {CODES[kind]}


def test_a_broken_budget_has_a_code_of_its_own():
    """The faults that only authors are told have codes too."""
    source = Source("t.yaml", text_of(words="words: one", phrase="phrase: a phrase."))
    reader = Converter(source, source.events(), strict=True)
    assert reader.read(Tree) is not None
    assert [problem.code for problem in reader.problems] == ["budget", "fragment"]


@given(
    st.lists(st.sampled_from(list(FAULTS)), min_size=2, max_size=6, unique_by=lambda kind: next(iter(FAULTS[kind][0])))
)
def test_faults_of_several_fields_are_all_told_in_one_run(kinds):
    """Faults planted together are all reported together, each as it is alone, whatever lies between them."""
    changes = {key: value for kind in kinds for key, value in FAULTS[kind][0].items()}
    lines, shift = [], 0
    for key in ORDER:
        for kind in kinds:
            if key in FAULTS[kind][0]:
                lines += [moved(one, shift) for one in FAULTS[kind][1]]
        shift += (LINES | changes)[key].count("\n") - (not (LINES | changes)[key])
    found = told(text_of(**changes))
    assert sorted(found) == sorted(lines)


def moved(message: str, lines: int) -> str:
    """Return a message with the lines it names moved down; what is missing is told at the file's head."""
    if message.startswith("1:1: found no "):
        return message
    return re.sub(r"^\d+|(?<=first on line )\d+", lambda line: str(int(line[0]) + lines), message)


def test_what_comes_before_a_broken_line_is_told_too():
    """Where YAML itself breaks off, the faults before it are reported with the break."""
    text = text_of(name="name: []", way="way: &x up")
    assert told(text) == ["1:7: found a sequence, expected text (at name)", "9:6: found an anchor, expected none"]


def test_what_stands_behind_the_value_is_refused():
    """Nothing may follow the value: neither a second document nor words."""
    assert told(f"{text_of()}---\na: b\n") == ["19:1: found a second document, expected one"]
    line = f"{{{', '.join(LINES.values())}}}"
    assert told(line) == []
    (found,) = told(f"{line}\nmore")
    assert found.startswith("2:1: found YAML that cannot be read (")


def test_what_follows_an_odd_key_is_read():
    """Behind a list as a key, its value is passed over and the next key is read like any other."""
    assert told(text_of(many="? [a, {b: c}]\n: {d: e}\nmany: [a, [b]]")) == [
        "11:3: found a sequence as a key, expected a word",
        "13:11: found a sequence, expected text (at many[1])",
    ]


@dataclass(frozen=True, slots=True)
class Alone:
    """A record that may say nothing but its id."""

    id: str
    text: Plain = "nothing"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A record that looks at its fields together, and rows of one and of three."""

    least: int
    one: tuple[int]
    three: tuple[int, bool, str]
    alone: Annotated[tuple[Alone, ...], Keyed()]
    most: int = 5

    @staticmethod
    def faults(given):
        """Yield what is wrong between the two bounds, once both are known."""
        if "least" in given and "most" in given and given["least"] > given["most"]:
            yield f"found at least {given['least']} and at most {given['most']}, expected the most to be more"


BOUNDS = {"least": "6", "most": "7", "one": "[1]", "three": "[2, true, a]", "alone": "{a: {}, b: {text: c}}"}


def bounds(**changes: str) -> list[str] | Bounds:
    text = "\n".join(f"{key}: {value}" for key, value in (BOUNDS | changes).items() if value)
    source = Source("b.yaml", text)
    reader = Converter(source, source.events())
    found = reader.read(Bounds)
    return [str(problem).removeprefix("b.yaml:") for problem in reader.problems] or found


def test_rows_of_any_length_are_read_each_place_by_its_kind():
    """A row of one and a row of three hold what their places ask for, and a record may need no text."""
    assert bounds() == Bounds(6, (1,), (2, True, "a"), (Alone("a"), Alone("b", "c")), 7)
    assert bounds(three="[2, 3, a]") == ["4:12: found '3', expected true or false (at three[1])"]
    assert bounds(alone="{a: b}") == ["5:12: found 'b', expected a mapping with text (at alone.a)"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"most": "5"}, ["1:1: found at least 6 and at most 5, expected the most to be more"]),
        ({"most": ""}, ["1:1: found at least 6 and at most 5, expected the most to be more"]),
        ({"most": "", "least": "5"}, Bounds(5, (1,), (2, True, "a"), (Alone("a"), Alone("b", "c")), 5)),
        ({"most": "x"}, ["2:7: found 'x', expected a whole number (at most)"]),
        ({"most": "", "mots": "9"}, ["5:1: found the unknown key 'mots'; did you mean 'most'?"]),
        ({"least": ""}, ["1:1: found no 'least', expected one"]),
        (
            {"most": "5", "one": "[x]"},
            [
                "3:7: found 'x', expected a whole number (at one[0])",
                "1:1: found at least 6 and at most 5, expected the most to be more",
            ],
        ),
    ],
)
def test_what_is_wrong_between_fields_is_told_with_the_rest(changes, expected):
    """Fields are judged together by what was read or falls to a default, never by what is faulty or misspelt."""
    assert bounds(**changes) == expected


@pytest.mark.parametrize("text", ["a", "[a]", "~"])
def test_a_file_that_is_no_mapping_is_told(text):
    """A file is a mapping, and is told what belongs in it."""
    found = "a sequence" if text == "[a]" else repr(text)
    assert told(text) == [f"1:1: found {found}, expected a mapping with {', '.join(ORDER)}"]


def test_long_words_are_shortened_in_messages():
    """A message quotes at most 40 characters of a value."""
    assert told(text_of(count=f"count: {'x' * 40}"))[0].startswith(f"5:8: found '{'x' * 40}', expected")
    assert told(text_of(count=f"count: {'x' * 41}"))[0].startswith(f"5:8: found '{'x' * 37}...', expected")


def test_one_error_lists_the_faults_by_place():
    """The faults of a file come sorted by line and column, whichever was found first."""
    with pytest.raises(ContentError) as raised:
        tree(name="", first="first: {id: one, text: words, sise: 2}", count="count: x")
    places = [(problem.place.line, problem.place.column) for problem in raised.value.problems]
    assert places == sorted(places)
    assert len(places) == 4
    assert str(raised.value).splitlines() == [str(problem) for problem in raised.value.problems]
    assert {problem.code for problem in raised.value.problems} == {"missing-key", "wrong-type", "unknown-key"}


# Strict reading: budgets, places and texts


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"words": "words: one"}, ["2:8: found 1 words, expected 2 to 4 (at words)"]),
        ({"words": "words: a b c d e"}, ["2:8: found 5 words, expected 2 to 4 (at words)"]),
        ({"words": "words: 1, 2, 3"}, ["2:8: found 0 words, expected 2 to 4 (at words)"]),
        ({"words": "words: a b"}, []),
        ({"words": "words: a, b, c, d."}, []),
        ({"clause": "clause: one"}, ["17:9: found 1 words, expected 2 to 3 (at clause)"]),
        (
            {"phrase": "phrase: a phrase."},
            ["3:9: found 'a phrase.', expected a phrase without comma or final stop (at phrase)"],
        ),
        (
            {"phrase": "phrase: a phrase!"},
            ["3:9: found 'a phrase!', expected a phrase without comma or final stop (at phrase)"],
        ),
        (
            {"phrase": "phrase: a phrase?"},
            ["3:9: found 'a phrase?', expected a phrase without comma or final stop (at phrase)"],
        ),
        ({"phrase": "phrase: a, b"}, ["3:9: found 'a, b', expected a phrase without comma or final stop (at phrase)"]),
        ({"phrase": "phrase: St. John"}, []),
        (
            {"phrase": "phrase: a, b c d e."},
            [
                "3:9: found 5 words, expected 1 to 4 (at phrase)",
                "3:9: found 'a, b c d e.', expected a phrase without comma or final stop (at phrase)",
            ],
        ),
    ],
)
def test_budgets_are_for_authors(changes, expected):
    """Words are counted when a file is checked, and not when it is used."""
    assert told(text_of(**changes), strict=True) == expected
    assert told(text_of(**changes)) == []


def test_a_strict_reading_keeps_every_place_and_every_passage():
    """The place of each value is found by its path, and each passage as it was read."""
    source = Source("t.yaml", text_of())
    reader = Converter(source, source.events(), strict=True)
    assert reader.read(Tree) == TREE
    assert {path: (place.line, place.column) for path, place in reader.places.items()} == {
        "": (1, 1),
        **{name: (line, len(name) + 3) for line, name in enumerate(ORDER, 1)},
        "pair[0]": (10, 8),
        "pair[1]": (10, 11),
        "many[0]": (11, 8),
        "many[1]": (11, 11),
        "first.id": (12, 13),
        "first.text": (12, 24),
        "first.size": (12, 37),
        "leaves.one": (13, 15),
        "leaves.two": (13, 27),
        "leaves.two.text": (13, 34),
        "leaves.two.note": (13, 46),
        "branches.one": (14, 17),
        "branches.one.text": (14, 24),
        "branches.one.size": (14, 37),
    }
    assert set(reader.places.values()) == {
        Place("t.yaml", place.line, place.column) for place in reader.places.values()
    }
    assert reader.texts == {
        "words": "some plain words",
        "phrase": "a phrase",
        "open": "{{ anything.at_all }}",
        "first.text": "words",
        "leaves.one": "short",
        "leaves.two.text": "long",
        "branches.one.text": "words",
        "clause": "two words",
    }


def test_a_reading_that_is_not_strict_keeps_neither():
    """Places and passages are kept only where they are wanted."""
    source = Source("t.yaml", text_of())
    reader = Converter(source, source.events())
    assert reader.read(Tree) == TREE
    assert (reader.places, reader.texts, reader.problems) == ({}, {}, [])


# Typed reading, as for JSON: what is written bare is no text, and text is one line


def told_typed(text: str) -> list[str]:
    source = Source("t.yaml", text)
    reader = Converter(source, source.events(), typed=True)
    reader.read(Tree)
    return [str(problem).removeprefix("t.yaml:") for problem in reader.problems]


@pytest.mark.parametrize("name", ["name", "words", "open"])
@pytest.mark.parametrize("bare", ["5", "true", "null", "0.5", "No"])
def test_what_is_written_bare_is_no_text_where_types_are_told(name, bare):
    """Where text is always quoted, a number, a truth or nothing is not taken for text."""
    quoted = {key: re.sub(r"(?<=[:,{[] )([a-z]\w*( \w+)*)(?=$|[,}\]])", r'"\1"', line) for key, line in LINES.items()}
    changes = quoted | {"name": 'name: "No"', "many": 'many: ["a", "b"]', "sure": "sure: true"}
    changes["first"] = 'first: {id: "one", text: "words", size: 0}'
    assert told_typed("\n".join(changes.values())) == []
    line = ORDER.index(name) + 1
    changes[name] = f"{name}: {bare}"
    assert told_typed("\n".join(changes.values())) == [
        f"{line}:{len(name) + 3}: found {bare!r}, expected text (at {name})"
    ]


CONTROLS = [0, 7, 9, 10, 13, 27, 0x7F, 0x85, 0x9F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0xD800, 0xDFFF]


@pytest.mark.parametrize("code", CONTROLS, ids=hex)
def test_text_is_one_line_where_types_are_told(code):
    """In a typed reading a break, a control, a bidi override or half a pair in any text is told by its number."""
    events = [
        Event("mapping"),
        Event("scalar", "id"),
        Event("scalar", "one"),
        Event("scalar", "text"),
        Event("scalar", f"a{chr(code)}b", False, 1, 1),
        Event("scalar", "size"),
        Event("scalar", "1", True, 1, 1),
        Event("end"),
    ]
    reader = Converter(Source("t.json", ""), iter(events), typed=True)
    assert reader.read(Branch) is None
    message = f"t.json:1:1: found U+{code:04X}, expected one line of printable text (at text)"
    assert [str(problem) for problem in reader.problems] == [message]
    assert [problem.code for problem in reader.problems] == ["unfit-character"]
    loose = Converter(Source("t.json", ""), iter(events))
    assert loose.read(Branch).text == " ".join(f"a{chr(code)}b".split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("don't stop", 2),
        ("a well-worn path", 3),
        ("it\u2019s late", 2),
        ("- 3, 4 . !", 0),
        ("{{ P.Subj }} may rest.", 3),
        ("{{ P.poss }}{{ P.obj }}", 1),
        ("({{ P.subj | cap_first }})", 1),
    ],
)
def test_words_are_counted_as_a_reader_would(text, words):
    """A word is letters with what joins them, and a name in braces is one word."""
    assert count_words(text) == words


@given(st.lists(st.from_regex(r"\A[A-Za-z][a-z'-]*\Z"), max_size=9), st.sampled_from([" ", ", ", " 3 ", "; "]))
def test_words_are_counted_one_by_one(words, between):
    """As many words are counted as stand there, whatever stands between them."""
    assert count_words(between.join(words)) == len(words)


# Whole values, there and back

NAMES = st.from_regex(r"\A[a-z0-9]{1,4}([._-][a-z0-9]{1,3}){0,2}\Z")
MARKS = "aZ é界𝄞'\"#:[]-,|>&*!%@`?\\/0~"
STRINGS = st.text(MARKS + "{}", min_size=1, max_size=12)
PASSAGES = st.text(MARKS, min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
SEEDS = st.recursive(
    STRINGS | st.integers() | st.binary(max_size=9),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(tuple),
    max_leaves=5,
)
LEAVES = st.builds(Leaf, id=NAMES, text=PASSAGES, note=st.none() | STRINGS)
BRANCHES = st.builds(Branch, id=NAMES, text=PASSAGES, size=st.integers(0, 99))


def keyed(records, least=0):
    return st.lists(records, unique_by=lambda record: record.id, min_size=least, max_size=4).map(tuple)


TREES = st.builds(
    Tree,
    name=STRINGS,
    words=PASSAGES,
    phrase=PASSAGES,
    open=PASSAGES,
    count=st.integers(1 - 10**14, 10**14),
    share=st.integers(-(10**6), 10**6).map(lambda number: number / 8),
    sure=st.booleans(),
    color=st.sampled_from(Color),
    way=st.sampled_from(["up", "down"]),
    pair=st.tuples(st.integers(0, 9), st.sampled_from(Color)),
    many=st.lists(STRINGS, max_size=4).map(tuple),
    first=BRANCHES,
    leaves=keyed(LEAVES, 2),
    branches=keyed(BRANCHES),
    maybe=st.none() | st.integers(0, 9),
    older=st.none() | st.sampled_from(Color),
    clause=st.none() | PASSAGES,
    seed=st.none() | SEEDS,
    hidden=st.just(7),
)


def written(value: Tree, *, short: bool) -> dict[str, object]:
    """Return a tree as plain data; with `short`, a leaf without a note is its text alone."""
    leaves = {leaf.id: {"text": leaf.text, "note": leaf.note} for leaf in value.leaves}
    return {
        "name": value.name,
        "words": value.words,
        "phrase": value.phrase,
        "open": value.open,
        "count": value.count,
        "share": value.share,
        "sure": value.sure,
        "color": value.color.value,
        "way": value.way,
        "pair": [value.pair[0], value.pair[1].value],
        "many": list(value.many),
        "first": {"id": value.first.id, "text": value.first.text, "size": value.first.size},
        "leaves": {key: leaf["text"] if short and leaf["note"] is None else leaf for key, leaf in leaves.items()},
        "branches": {branch.id: {"text": branch.text, "size": branch.size} for branch in value.branches},
        "maybe": value.maybe,
        "older": value.older and value.older.value,
        "clause": value.clause,
        "seed": tag(value.seed),
    }


@settings(max_examples=50)
@given(TREES, st.booleans(), st.integers(1, 5), st.integers(20, 200))
def test_what_is_written_is_read_back_whatever_the_layout(value, short, indent, width):
    """A value written in any layout is read as that value, and has one digest; comments have no say in it."""
    data = written(value, short=short)
    block = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, indent=indent, width=width)
    texts = [
        json.dumps(data, ensure_ascii=False),
        json.dumps(data, ensure_ascii=False, indent=indent),
        block,
        f"# words: other\n---\n{block}# more\n...\n",
    ]
    found = [convert(Source("t.yaml", text), Tree) for text in texts]
    assert [one for one, _ in found] == [value] * len(texts)
    assert len({digest for _, digest in found}) == 1


@settings(max_examples=50)
@given(TREES, TREES, st.sampled_from(ORDER))
def test_different_content_has_a_different_digest(one, two, name):
    """Two files that differ in one field have one digest only if they say the same there."""
    other = replace(one, **{name: getattr(two, name)})
    texts = [json.dumps(written(value, short=False), ensure_ascii=False) for value in (one, other)]
    digests = [convert(Source("t.yaml", text), Tree)[1] for text in texts]
    assert (digests[0] == digests[1]) is (one == other)
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests)


def test_the_order_of_records_is_kept():
    """Records come in the order in which they are written, and so count for the digest."""
    found = [
        convert(Source("t.yaml", text_of(leaves=f"leaves: {{{order}}}")), Tree)
        for order in ("b: x, a: y, c: z", "c: z, a: y, b: x")
    ]
    assert [[leaf.id for leaf in value.leaves] for value, _ in found] == [["b", "a", "c"], ["c", "a", "b"]]
    assert found[0][1] != found[1][1]


@pytest.mark.parametrize("before", ["? [a, b]\n: c", "? {a: b}\n: {c: d}", "name: No"])
def test_a_key_that_cannot_be_does_not_hide_what_follows(before):
    """After a key that is no word, or one that is doubled, everything below it is read and told."""
    faults = told(f"{text_of(words='')}{before}\nwords: one\nunknown: 3\n", strict=True)
    assert len(faults) == 3
    assert any("unknown" in fault for fault in faults)


@pytest.mark.parametrize(("line", "count"), [("count: 12345678901234567", 17), ("count: 1234567890123456", 16)])
def test_an_integer_has_at_most_fifteen_figures(line, count):
    """A number of more figures than a count could have is refused."""
    assert len(line) == count + 7
    assert any("at count" in fault for fault in told(text_of(count=line)))
    assert tree(count="count: 123456789012345").count == 123456789012345


def test_a_share_has_at_most_39_characters():
    """A number written at greater length than any share is refused."""
    for figures, fits in ((37, True), (38, False), (60, False)):
        line = f"share: 0.{'1' * figures}"
        assert not told(text_of(share=line)) if fits else told(text_of(share=line))


def test_a_message_repeats_only_what_it_may():
    """Where a file may hold what a person typed, a value is told of without being repeated."""
    lines = text_of(count="count: Robin", color="color: Robin")
    for repeats, named in ((None, 2), (("count",), 1), ((), 0)):
        source = Source("t.yaml", lines)
        converter = Converter(source, source.events(), repeats=repeats)
        assert converter.read(Tree) is None
        assert sum("Robin" in problem.message for problem in converter.problems) == named
