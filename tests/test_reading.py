"""A finished reading: made again from its record, safe to print anywhere, and traceable to its last word."""

from __future__ import annotations

import copy
import dataclasses
import enum
import json
import os
import pickle
import re
import subprocess
import sys
from functools import cache
from importlib.resources import files

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot import _record
from intimacy_tarot._person import MOST_QUESTION
from intimacy_tarot._reading import MOST_SUPPORT
from intimacy_tarot._render import inert

SPREADS = tarot.spread_ids()
EVERY_SPREAD = pytest.mark.parametrize("spread", SPREADS)
SEEDS = 25

ODD = "Zoë 李 مريم 👩🏽‍🤝‍👩🏻 e\u0301 \ufeff\u200b \\ \" ' <b> & {{ x }} {% y %} * _ # ` null ~ 12:30 No"
PEOPLE = {"partner": tarot.Person("Ro'bin 李", "she"), "reader": ODD[:60], "question": ODD, "support_text": ODD * 2}


@cache
def _whole(spread="emotional-block", seed=7) -> tarot.Reading:
    return tarot.read(spread, seed=seed, avoid=("spreads/x.yaml#openings.y",), **PEOPLE)


def _data(**changes):
    return _whole("one-card").to_dict() | changes


def _fault(data, code):
    """Return the only fault with that code that reading a record meets."""
    text = data if isinstance(data, str) else json.dumps(data)
    with pytest.raises(tarot.RecordError) as caught:
        tarot.Reading.from_json(text)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    (problem,) = [problem for problem in caught.value.problems if problem.code == code]
    assert problem.place.file == "reading.json"
    return problem


# --- the record


@EVERY_SPREAD
def test_a_reading_comes_back_equal_from_its_record(spread):
    """Written as JSON and read again, a reading is the same in every part, with people, a question, odd characters."""
    for seed in range(SEEDS):
        reading = tarot.read(spread, seed=seed, **(PEOPLE if seed % 2 else {}))
        text = reading.to_json()
        back = tarot.Reading.from_json(text)
        assert back == reading
        assert hash(back) == hash(reading)
        assert back.to_json() == text
        assert back.to_text(60) == reading.to_text(60)
        assert back.to_markdown() == reading.to_markdown()
        assert json.loads(text) == reading.to_dict()


@pytest.mark.parametrize(
    "seed",
    ["", "null", "~", "7", 7, 0, -1, 10**60, b"", b"\x00\xff", ("a", 1, b"x"), ("", ("",)), "line\nbreak", "\x1b[0m"],
    ids=repr,
)
def test_a_seed_of_any_type_comes_back_as_it_was(seed):
    """Text, numbers, bytes and tuples of them are recorded with their type."""
    reading = tarot.read("one-card", seed=seed)
    back = tarot.Reading.from_json(reading.to_json())
    assert back == reading
    assert (back.seed, type(back.seed)) == (seed, type(seed))
    assert (back.draw.seed, type(back.draw.seed)) == (seed, type(seed))


@pytest.mark.parametrize("depth", range(1, 9))
def test_a_seed_as_deep_as_is_allowed_comes_back(depth):
    """A seed of tuples in tuples, up to the eight that a draw takes, is recorded and read back."""
    seed = "x"
    for _ in range(depth):
        seed = (seed, 1)
    reading = tarot.read("one-card", seed=seed)
    assert tarot.Reading.from_json(reading.to_json()) == reading


@pytest.mark.parametrize("rate", [0, 1, 0.35, 1 / 3, 1e-9, 5e-324])
def test_a_rate_comes_back_to_the_last_bit(rate):
    """Every reversal rate is recorded exactly."""
    reading = tarot.read("three-mirrors", seed=3, reversal_rate=rate)
    assert tarot.Reading.from_json(reading.to_json()).draw.reversal_rate == reading.draw.reversal_rate == rate


def test_a_laid_reading_comes_back_too():
    """Cards laid by hand have no seed and no rate, and their wording seed is recorded."""
    reading = tarot.interpret(tarot.lay("three-mirrors", ["The Star rx", "Strength", "The Moon"]), partner="Robin")
    back = tarot.Reading.from_json(reading.to_json())
    assert back == reading
    assert back.draw.seed is back.draw.reversal_rate is None
    assert back.seed[0] == "laid"
    assert tarot.interpret(back.draw, partner="Robin") == reading


def test_a_record_makes_its_reading_again():
    """From what a record holds, the same draw and the same reading are made anew."""
    back = tarot.Reading.from_json(_whole().to_json())
    again = tarot.interpret(
        tarot.draw(back.draw.spread, seed=back.draw.seed, deck=back.draw.deck, reversal_rate=back.draw.reversal_rate),
        seed=back.seed,
        question=back.asked,
        reader=back.reader,
        partner=back.partner,
        avoid=back.avoid,
        support_text=back.support_text,
        show_themes=back.show_themes,
    )
    assert again == back


def test_plain_data_is_plain():
    """`to_dict` holds nothing but dicts, lists, texts, numbers, truth and nothing, and is a fresh copy each time."""

    def walk(value) -> None:
        assert type(value) in (dict, list, str, int, float, bool, type(None))
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)

    data = _whole().to_dict()
    walk(data)
    walk(_whole().to_dict(private=False))
    data["sections"].clear()
    assert _whole().to_dict()["sections"]


def test_json_is_readable_and_ends_with_a_newline():
    """JSON keeps letters of every script as they are, and ends with one newline."""
    text = _whole().to_json()
    assert "李" in text
    assert text.endswith("}\n")
    assert text.encode("utf-8")


# --- without its private parts

TYPED = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=4, max_size=12)


@given(st.lists(TYPED, min_size=5, max_size=5, unique=True), st.integers(0, 50), st.sampled_from(SPREADS))
@settings(max_examples=50)
def test_a_public_record_holds_no_word_that_a_person_typed(words, seed, spread):
    """Names, question, support text and avoided passages are left out, and so is every word composed with them."""
    reader, partner, question, support, avoid = words
    reading = tarot.read(
        spread, seed=seed, reader=reader, partner=partner, question=question, support_text=support, avoid=[avoid]
    )
    public, whole = reading.to_json(private=False), reading.to_json()
    for typed in words:
        assert typed in whole
        assert typed not in public
    assert json.loads(public) == reading.to_dict(private=False)
    assert not any(passage.text in public for passage in reading.passages)


def test_a_public_record_is_the_same_whoever_asks():
    """What remains is the draw, its facts and its content: two people with one draw have one public record."""
    alone = tarot.read("foundation", seed=5)
    assert tarot.read("foundation", seed=5, **PEOPLE).to_dict(private=False) == alone.to_dict(private=False)
    public = alone.to_dict(private=False)
    assert public["private"] is False
    assert {key: public[key] for key in ("draw", "facts")} == {key: alone.to_dict()[key] for key in ("draw", "facts")}


# --- faults of a record


@pytest.mark.parametrize("text", ["", "{", "nonsense", '{"a": }', "[1, 2", "\ufeff{}", "{'a': 1}", '{"a": "\t"}'])
def test_text_that_is_no_json_is_refused_at_its_place(text):
    """It is told as no JSON, with the line and the column where reading stopped."""
    problem = _fault(text, "syntax")
    assert "no JSON" in problem.message
    assert problem.place.line >= 1
    assert problem.place.column >= 1


def test_the_place_of_a_syntax_fault_is_exact():
    """Line and column are counted from one."""
    problem = _fault('{\n "format": 7,\n oops}', "syntax")
    assert (problem.place.line, problem.place.column) == (3, 2)


@pytest.mark.parametrize(
    "text", ["[]", '"text"', "7", "null", "true", "{}", '{"format": null}', '{"format": "intimacy-tarot/reading/2"}']
)
def test_another_format_is_refused(text):
    """JSON that is no record of a reading, or one of another format, is told so, with the format that is read."""
    problem = _fault(text, "format")
    assert problem.path == "format"
    assert "intimacy-tarot/reading/1" in problem.message


def test_a_public_record_is_refused_as_such():
    """A record without its private parts cannot become a reading, and is told as what it is."""
    problem = _fault(_whole().to_json(private=False), "private")
    assert problem.path == "private"


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(tarot.Reading)])
def test_a_missing_field_is_told_by_name(field):
    """Every field of a reading has to be there."""
    data = _data()
    del data[field]
    assert repr(field) in _fault(data, "missing-key").message


def test_an_unknown_field_is_told_by_name_and_path():
    """A field that a reading does not have is refused, with the nearest that it has."""
    problem = _fault(_data(sectoins=[]), "unknown-key")
    assert (problem.path, "sectoins" in problem.message, "sections" in problem.hint) == ("", True, True)
    data = _data()
    data["draw"]["cards"][0]["card"]["nmae"] = "x"
    problem = _fault(data, "unknown-key")
    assert problem.path == "draw.cards[0].card"
    assert "name" in problem.hint


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("question", 7, "wrong-type"),
        ("question", "", "wrong-type"),
        ("question", None, "wrong-type"),
        ("question", True, "wrong-type"),
        ("sections", {}, "wrong-type"),
        ("show_themes", "true", "wrong-type"),
        ("show_themes", 1, "wrong-type"),
        ("draw", None, "wrong-type"),
        ("facts", [], "wrong-type"),
        ("partner", "Robin", "wrong-type"),
        ("partner", {"name": "Robin", "pronouns": "it"}, "unknown-value"),
        ("partner", {"name": " ", "pronouns": "they"}, "bad-value"),
        ("partner", {"name": "x" * 61, "pronouns": "they"}, "bad-value"),
        ("seed", "7", "bad-seed"),
        ("seed", {"int": "1.5"}, "bad-seed"),
        ("seed", {"float": "1.5"}, "bad-seed"),
        ("seed", {"tuple": []}, "bad-seed"),
        ("seed", {"tuple": [None]}, "bad-seed"),
        ("seed", {"bytes": "xyz"}, "bad-seed"),
        ("seed", {"str": "a", "int": "1"}, "bad-seed"),
        ("avoid", [1], "wrong-type"),
    ],
)
def test_a_wrong_value_is_told_at_its_path(field, value, code):
    """A value of another kind, or one that its type refuses, is a fault of that field."""
    problem = _fault(_data(**{field: value}), code)
    assert problem.path.startswith(field)


def test_every_fault_of_a_record_is_told_at_once():
    """Three mistakes in one record are three problems."""
    data = _data(show_themes=3, extra=1)
    del data["question"]
    with pytest.raises(tarot.RecordError) as caught:
        tarot.Reading.from_json(json.dumps(data))
    assert sorted(problem.code for problem in caught.value.problems) == ["missing-key", "unknown-key", "wrong-type"]


@pytest.mark.parametrize("field", ["asked", "support_text"])
@pytest.mark.parametrize("text", ["\x1b[31mred", "two\nlines", "a\u202eb", "x" * 5000, "\ud800"])
def test_what_could_not_be_typed_cannot_be_read_back(field, text):
    """A record's question and support text are held to what a person may type: one line, clean and not too long."""
    with pytest.raises(tarot.RecordError):
        tarot.Reading.from_json(json.dumps(_data(**{field: text})))


@pytest.mark.parametrize(
    "line",
    [
        "{{ 'ha' * 3 }}",
        "{% for x in 'abc' %}{{ x }}{% endfor %}",
        "{{ reader.__class__ }}",
        "{{ reader.nmae }}",
        "{{",
        "{#",
    ],
)
def test_a_record_is_never_run(line):
    """A record's fixed words are data: what looks like a template is refused, or printed as it stands."""
    data = _data()
    data["headings"] = dict.fromkeys(data["headings"], line)
    try:
        text = str(tarot.Reading.from_json(json.dumps(data)))
    except tarot.RecordError:
        return
    assert line in text


@pytest.mark.parametrize("headings", [{}, [], None, {"asked": "You asked"}, {"asked": None, "reader": None}])
def test_a_record_without_its_fixed_words_is_refused(headings):
    """The words above the question and the reader's name are a part that cannot be missing."""
    with pytest.raises(tarot.RecordError):
        tarot.Reading.from_json(json.dumps(_data(headings=headings)))


@pytest.mark.parametrize("control", ["\x1b[2J", "\n", "\r", "\u202e", "\x07", "\ud800"], ids=ascii)
@pytest.mark.parametrize(
    "path",
    [("question",), ("headings", "reader"), ("sections", 1, "passages", 0, "text"), ("sections", 1, "heading")],
    ids=lambda path: ".".join(map(str, path)),
)
def test_a_record_with_controls_in_its_words_is_refused(path, control):
    """Whoever wrote a record, what is printed of it is lines of text: no escape, break or direction mark is in it."""
    data = _data()
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = f"a{control}b"
    with pytest.raises(tarot.RecordError):
        tarot.Reading.from_json(json.dumps(data))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        '{"format": "intimacy-tarot/reading/1", "draw": ' + "[" * 200 + "]" * 200 + "}",
        '{"format": "intimacy-tarot/reading/1", "other": ' + '{"a":' * 200 + "1" + "}" * 200 + "}",
        '{"format": "intimacy-tarot/reading/1", "seed": ' + '{"tuple":[' * 200 + "]}" * 200 + "}",
    ],
    ids=["arrays", "draw", "unknown", "seed"],
)
def test_a_deep_record_is_refused(text):
    """However deeply a record nests, it is told as too deep."""
    _fault(text, "too-deep")


def test_a_huge_record_is_refused_unread():
    """A text of more than two million characters is refused for its size alone."""
    assert _fault(" " * 2_000_001, "too-large").message


def test_a_record_of_too_many_values_is_refused():
    """A record within the size that holds over a hundred thousand values is refused."""
    _fault(_data(avoid=["a"] * 150_000), "too-deep")


@pytest.mark.parametrize("number", ["1" * 5000, "-" + "9" * 4301, "1e999", "NaN", "-Infinity", "1" * 100_000])
def test_a_monstrous_number_is_refused_like_any_other_fault(number):
    """Numbers too long for Python to read, or none at all, are faults of the record."""
    text = json.dumps(_data(show_themes="here")).replace('"here"', number)
    with pytest.raises(tarot.RecordError):
        tarot.Reading.from_json(text)
    with pytest.raises(tarot.RecordError):
        tarot.Reading.from_json(number)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def _paths(value, path=()):
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _paths(inner, (*path, key))


@given(st.data())
@settings(max_examples=150)
def test_a_damaged_record_is_read_or_refused_and_nothing_else(data):
    """Whatever one value of a record is changed to, a reading comes back or a RecordError that lists what is wrong."""
    record = copy.deepcopy(_data())
    path = data.draw(st.sampled_from([path for path in _paths(record) if path]))
    inner = record
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = data.draw(JSON)
    back, problems = None, ()
    try:
        back = tarot.Reading.from_json(json.dumps(record))
    except tarot.RecordError as error:
        problems = error.problems
    if back is None:
        assert problems
        assert all(problem.message for problem in problems)
    else:
        assert tarot.Reading.from_json(back.to_json()) == back


@given(st.text(max_size=60) | JSON.map(json.dumps))
def test_any_text_at_all_is_refused_cleanly(text):
    """Text that is no record is a RecordError and never another error."""
    with pytest.raises(tarot.RecordError):
        tarot.Reading.from_json(text)


# --- a value


def test_a_reading_is_a_value():
    """Equal options make equal readings, which hash alike; another option makes another."""
    one, same = (tarot.read("foundation", seed=5, **PEOPLE) for _ in range(2))
    assert one == same
    assert hash(one) == hash(same)
    options = [
        {"seed": 6},
        {"partner": "Sam"},
        {"partner": None},
        {"reader": None},
        {"question": None},
        {"support_text": None},
        {"show_themes": False},
        {"avoid": ("spreads/foundation.yaml#openings.x",)},
        {"reversal_rate": 0.5},
    ]
    for option in options:
        assert tarot.read("foundation", **({"seed": 5} | PEOPLE | option)) != one


def test_a_reading_survives_pickling_and_copying():
    """Pickled by every protocol, or copied deeply, a reading is equal and as useful as before."""
    reading = _whole()
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        back = pickle.loads(pickle.dumps(reading, protocol))  # noqa: S301  our own bytes
        assert back == reading
        assert back.to_markdown() == reading.to_markdown()
        assert back.draw.loaded() == reading.draw.loaded()
    assert copy.deepcopy(reading) == copy.copy(reading) == reading


def test_nothing_in_a_reading_can_be_changed():
    """All the way down it is frozen records, tuples, enums and plain values."""
    seen = set()

    def walk(value) -> None:
        if dataclasses.is_dataclass(value):
            field = dataclasses.fields(value)[0].name
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(value, field, None)
            seen.add(type(value).__name__)
            for each in dataclasses.fields(value):
                walk(getattr(value, each.name))
        elif isinstance(value, tuple):
            for each in value:
                walk(each)
        else:
            assert isinstance(value, (str, int, float, bool, bytes, enum.Enum, type(None))), type(value)

    walk(_whole())
    assert {"Reading", "Draw", "Facts", "Plan", "Planned", "Passage", "Section", "Thread", "Person"} <= seen


def test_the_order_of_avoid_does_not_matter():
    """`avoid` is a set of ids: in any order, and from any collection, the reading is the same to the last byte."""
    ids = [passage.id for passage in _whole("foundation").passages]
    one = tarot.read("foundation", seed=7, avoid=ids)
    assert tarot.read("foundation", seed=7, avoid=ids[::-1]).to_json() == one.to_json()
    assert tarot.read("foundation", seed=7, avoid=set(ids)).to_json() == one.to_json()


@EVERY_SPREAD
def test_what_is_avoided_is_not_said_again(spread):
    """Given all passages of one reading to avoid, the next of the same cards shares no opening, question or close."""
    for seed in range(20):
        reading = tarot.read(spread, seed=seed)
        again = tarot.read(spread, seed=seed, avoid=[passage.id for passage in reading.passages])
        slots = ("openings.", "understood.", "beyond.", "seeking.", "notes.", "synthesis.closings.", "emotional.")
        before = {passage.id for passage in reading.passages if passage.key.startswith(slots)}
        assert before
        assert not before & {passage.id for passage in again.passages}
        assert again.draw == reading.draw


SCRIPT = """
import sys
import intimacy_tarot as tarot
for spread in tarot.spread_ids():
    for seed in (1, "a quiet evening", ("a", b"b")):
        ids = {passage.id for passage in tarot.read(spread, seed=seed).passages}
        made = tarot.read(spread, seed=seed, partner="Zo\\u00eb", reader="\\u674e", question="Wer?", avoid=ids)
        for text in (made.to_json(), made.to_text(), made.to_text(40), made.to_markdown(), made.trace()):
            sys.stdout.buffer.write(text.encode("utf-8"))
        laid = tarot.lay("one-card", ["The Star rx"])
        sys.stdout.buffer.write(tarot.interpret(laid).to_json(private=False).encode("utf-8"))
"""


def _run(cwd, **variables) -> bytes:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    made = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=cwd, env=kept | variables, capture_output=True, check=True, timeout=120
    )
    assert made.stderr == b""
    return made.stdout


def test_every_process_makes_the_same_bytes(tmp_path):
    """Another hash seed, another locale, another folder: every format comes out the same to the last byte."""
    (tmp_path / "decks").mkdir()
    one = _run(".", PYTHONHASHSEED="1", LC_ALL="C")
    assert one == _run(tmp_path, PYTHONHASHSEED="2", LC_ALL="C.UTF-8", TZ="Asia/Tokyo", LANG="de_DE")
    assert len(one) > 100_000


def test_without_a_seed_every_reading_is_another_and_can_be_had_again():
    """A fresh seed is drawn and recorded; given back, it makes the same reading."""
    seeds = {tarot.read("one-card").seed for _ in range(5)}
    assert len(seeds) == 5
    fresh = tarot.read("one-card")
    assert tarot.read("one-card", seed=fresh.seed) == fresh


def test_a_wording_seed_moves_no_card():
    """`interpret` with another seed says other words of the same draw, and records both seeds."""
    draw = tarot.draw("foundation", seed="cards")
    one, two = tarot.interpret(draw), tarot.interpret(draw, seed="words")
    assert one.draw == two.draw == draw
    assert (one.seed, two.seed) == ("cards", "words")
    assert [section.card for section in one.sections] == [section.card for section in two.sections]
    assert one.sections != two.sections


def test_a_laid_reading_follows_from_its_cards():
    """Without a seed the wording follows from spread, deck, cards and orientations, and from nothing else."""
    cards = ["The Star", "Strength", "The Moon rx"]
    one = tarot.interpret(tarot.lay("three-mirrors", cards))
    assert one == tarot.interpret(tarot.lay("three-mirrors", cards))
    ways = [["The Star", "Strength", "The Moon"], ["Strength", "The Star", "The Moon rx"]]
    assert len({one.seed, *(tarot.interpret(tarot.lay("three-mirrors", way)).seed for way in ways)}) == 3
    assert tarot.interpret(tarot.lay("three-mirrors", cards), seed="").seed == ""


@pytest.mark.parametrize("seed", [1.5, True, ["a"], object()])
def test_a_wording_seed_that_cannot_be_used_is_refused(seed):
    """A seed of another type is refused by `interpret` as by `read`, before anything is made."""
    with pytest.raises(tarot.SeedTypeError):
        tarot.interpret(tarot.lay("one-card", ["Strength"]), seed=seed)
    with pytest.raises(tarot.SeedTypeError):
        tarot.read("one-card", seed=seed)


@pytest.mark.parametrize(
    ("option", "most"), [("question", MOST_QUESTION), ("support_text", MOST_SUPPORT), ("partner", 60), ("reader", 60)]
)
def test_what_a_person_types_is_one_clean_line(option, most):
    """A question, a support text and names are kept to one line of a length, with their spaces evened out."""
    assert (MOST_QUESTION, MOST_SUPPORT) == (500, 600)
    reading = tarot.read("one-card", seed=1, **{option: f"  a{' ' * 9}b\n"})
    assert "a b" in reading.to_json()
    assert tarot.read("one-card", seed=1, **{option: "x" * most})
    for unfit in ("x" * (most + 1), "", " ", "a\nb", "a\x1bb", 7):
        with pytest.raises(tarot.PersonError):
            tarot.read("one-card", seed=1, **{option: unfit})


def test_a_question_of_ones_own_stands_beside_the_spreads():
    """The reader's question is kept apart from the one that the spread answers."""
    reading = tarot.read("foundation", seed=1, question="Why so quiet?")
    assert (reading.asked, reading.question) == ("Why so quiet?", tarot.load_spread("foundation").question)
    assert tarot.read("foundation", seed=1).asked is None


# --- text


def _lines(reading, width=None):
    return reading.to_text(width).splitlines()


@EVERY_SPREAD
def test_text_is_wrapped_only_where_it_is_asked_for(spread):
    """Without a width each passage is one line; with one, no line is longer unless it is a single word."""
    for seed in range(8):
        reading = tarot.read(spread, seed=seed, **PEOPLE)
        whole = reading.to_text()
        assert str(reading) == whole
        assert all(passage.text in whole for passage in reading.passages)
        for width in (20, 33, 60, 80, 200):
            wrapped = reading.to_text(width)
            assert [w for w in wrapped.split() if set(w) != {"="}] == [w for w in whole.split() if set(w) != {"="}]
            for line in wrapped.splitlines():
                assert len(line) <= width or len(line.removeprefix("-").split()) == 1
                assert line == line.rstrip()


@pytest.mark.parametrize("width", [20, 30, 40, 41, 42, 80, None])
def test_the_rule_under_the_title_is_as_wide_as_the_title_and_no_wider_than_the_page(width):
    """The line of equals signs ends where the title, or the page, does."""
    reading = tarot.read("emotional-block", seed=1)
    (rule,) = [line for line in _lines(reading, width) if set(line) == {"="}]
    assert len(rule) == min(len(reading.question), width or len(reading.question))


@pytest.mark.parametrize("width", [19, 1, 0, -5])
def test_a_width_too_narrow_is_refused(width):
    """Less than twenty characters is no width to wrap at."""
    with pytest.raises(tarot.TarotError, match=rf"found the width {width}, expected None or 20 and more"):
        tarot.read("one-card", seed=1).to_text(width)


def test_a_text_has_all_of_its_reading_in_order():
    """Question, names, every heading, card and passage, the support text after the footer: each once, in order."""
    reading = _whole()
    text = reading.to_text()
    parts = [reading.question, str(reading.reader.name), reading.asked]
    for section in reading.sections:
        parts += [section.heading or "", section.card or "", *(passage.text for passage in section.passages)]
        parts += [reading.support_text] if section.kind == "footer" else []
    at = 0
    for part in parts:
        at = text.index(part, at) + len(part)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text


def test_no_line_says_none():
    """What was not given leaves no trace in text or Markdown."""
    reading = tarot.read("foundation", seed=2, show_themes=False)
    whole = _whole("foundation", 2)
    for text, full in ((str(reading), str(whole)), (reading.to_markdown(), whole.to_markdown())):
        assert "None" not in text
        asked = f"{reading.headings.asked}: "
        assert asked in full
        assert asked not in text


def test_a_text_has_no_terminal_controls():
    """Whatever was typed, the text has no control character but its newlines."""
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", _whole().to_text())


# --- Markdown

PUNCTUATION = st.text(st.sampled_from("\\`*_[]<>|~&#{}$^=@:/.-+()!\"';,?%019 aw"), min_size=1, max_size=24)
CONSTRUCTS = st.sampled_from(
    [
        *("www.", "http://", "ftp://", "<b>", "</p>", "<!--", "-->", "&amp;", "&#42;", "1. ", "1) ", "- ", "+ ", "* "),
        *(
            "![",
            "](x)",
            "[^1]",
            "**",
            "__",
            "~~",
            "```",
            "# ",
            "> ",
            "---",
            "===",
            "|-|",
            "$$",
            "_www.",
            "a@b.co",
            "~www.",
        ),
    ]
)
TYPED_MARKUP = st.lists(PUNCTUATION | CONSTRUCTS, min_size=1, max_size=6).map("".join)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def _active(markdown) -> list[str]:
    """Return what Markdown, with GitHub's extensions, would act on in a line; what is escaped is passed over."""
    rest = ESCAPED.sub("\0", markdown)
    found = re.findall(r"[\\`*_\[\]<>|~&#{}$^=]", rest)
    found += re.findall(r"^(?:[-+]|\d{1,9}[.)])(?=\s|$)", rest)
    found += re.findall(r"(?:https?|ftp)://", rest, re.IGNORECASE)
    return found + re.findall(r"(?:^|[\s*_~(\0])(www\.)", rest, re.IGNORECASE)


def _typed(markdown) -> str:
    """Return the text that Markdown shows for a line without constructs."""
    return ESCAPED.sub(r"\1", markdown).replace("\u2060", "")


@given(TYPED_MARKUP)
@settings(max_examples=400)
def test_inert_text_reads_as_it_was_typed_and_does_nothing(text):
    """Every character that Markdown acts on is escaped, and what is shown is what was typed."""
    text = f"{text} end"
    assert _active(inert(text)) == []
    assert _typed(inert(text)) == text


@pytest.mark.parametrize(
    "name",
    [
        *("<script>alert(1)</script>", "**bold**", "_www.example.com", "*www.example.com", "(www.example.com"),
        *("WWW.example.com", "http://example.com", "[a](b)", "![a](b)", "`x`", "# x", "> x", "- x", "1. x", "12) x"),
        *(
            "a|b",
            "~~x~~",
            "&copy;",
            "<!-- x",
            "{{ x }}",
            "$x$",
            "[^1]",
            "\\",
            "\\\\*x*",
            "+ x",
            "===",
            "[x]: y",
            ":-: |",
        ),
    ],
)
def test_known_constructs_are_inert(name):
    """Each thing that Markdown or GitHub's flavor of it would act on is shown as typed."""
    assert _active(inert(f"{name} may rest")) == []
    assert _typed(inert(name)) == name


@pytest.mark.parametrize("name", ["sam@example.com", "mailto:sam@example.com", "a.b-c_d+e@f.gh", "xmpp:a@b.co"])
def test_an_address_that_was_typed_becomes_no_link(name):
    """GitHub's flavor links an address wherever it is shown whole, escaped or not; so it must not stand whole."""
    shown = ESCAPED.sub(r"\1", inert(name))
    assert not re.search(r"[\w.+-]@[A-Za-z0-9]", shown)
    assert _typed(inert(name)) == name


@given(TYPED_MARKUP, TYPED_MARKUP, TYPED_MARKUP, TYPED_MARKUP, st.sampled_from(SPREADS), st.integers(0, 20))
@settings(max_examples=120)
def test_markdown_has_the_same_constructs_whoever_is_named(reader, partner, question, support, spread, seed):
    """With names and texts of nothing but markup, every line has just the constructs that plain ones have."""
    typed = [text for text in (reader, partner, question, support) if text.strip()]
    draw = tarot.draw(spread, seed=seed)
    options = dict(zip(("reader", "partner", "question", "support_text"), typed, strict=False))
    options = {key: f"{text[:50].strip()}." for key, text in options.items()}
    marked = tarot.interpret(draw, **options).to_markdown().splitlines()
    plain = tarot.interpret(draw, **dict.fromkeys(options, "Robin.")).to_markdown().splitlines()
    assert [_active(line) for line in marked] == [_active(line) for line in plain]


@EVERY_SPREAD
def test_markdown_says_what_the_text_says(spread):
    """Every passage stands in the Markdown, escaped where it must be, under the question as its only heading."""
    reading = _whole(spread)
    markdown = reading.to_markdown()
    assert reading._repr_markdown_() == markdown
    assert all(inert(passage.text) in markdown for passage in reading.passages)
    assert [line for line in markdown.splitlines() if line.startswith("#")] == [f"# {inert(reading.question)}"]
    assert inert(reading.support_text) in markdown
    assert f"\n> {inert(reading.headings.asked)}: {inert(reading.asked)}\n" in markdown
    assert "\n\n\n" not in markdown
    assert markdown.endswith("\n")


# --- the trace


@cache
def _content(file):
    folder, _, name = file.partition("/")
    root = files("intimacy_tarot")
    if folder in ("decks", "spreads"):
        root, file = files(f"intimacy_tarot.{folder}"), name
    return yaml.load(root.joinpath(*file.split("/")).read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506


def _written(file, key) -> str:
    """Return the text that stands at an address of the packaged YAML."""
    found, name = _content(file), ""
    for part in key.split("."):
        name = f"{name}.{part}" if name else part  # an id may have a dot in it, as a card's has
        if name in found:
            found, name = found[name], ""
    assert not name
    return " ".join((found["text"] if isinstance(found, dict) else found).split())


@EVERY_SPREAD
def test_every_passage_stands_where_it_says(spread):
    """Each address leads to an existing file and key, and what is written there is what was planned and printed."""
    for seed in range(SEEDS):
        reading = tarot.read(spread, seed=seed, partner="Robin" if seed % 2 else None)
        planned = [it for section in reading.plan.sections for it in section.passages]
        for plan, passage in zip(planned, reading.passages, strict=True):
            written = _written(passage.file, passage.key)
            if passage.file.startswith("themes/"):
                assert written in passage.text
                continue
            assert plan.text == written
            first, *rest = [re.escape(piece) for piece in re.split(r"\{\{.*?\}\}", written)]
            rest = [re.sub(r"^(\\.|,)", r"\1?", piece) for piece in rest]  # what ends a quotation goes inside it
            assert re.fullmatch(".+?".join([first, *rest]), passage.text)


def test_the_trace_has_a_line_for_every_passage():
    """Kind, address, what it is about, and how it begins, in the order of the reading."""
    for seed in range(10):
        reading = tarot.read("emotional-block", seed=seed, reversal_rate=0.6)
        lines = reading.trace().splitlines()
        for line, passage in zip(lines, reading.passages, strict=True):
            kind, address, about, start = line.split("  ", 3)
            assert (kind, address) == (passage.kind, passage.id)
            assert passage.text.startswith(start.removesuffix(" ..."))
            assert len(start) <= 48
            known = [str(part) for part in (passage.theme, passage.voice, passage.sign) if part]
            known += [f"claims {', '.join(passage.claims)}"] if passage.claims else []
            assert about == f"[{'; '.join(known) or '-'}]"
        assert reading.trace().endswith("\n")


def test_the_record_knows_its_format():
    """A record begins with the name of its format, which is fixed."""
    assert next(iter(_whole().to_dict().items())) == ("format", "intimacy-tarot/reading/1")
    assert _record.FORMAT == "intimacy-tarot/reading/1"
