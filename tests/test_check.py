"""Checking content: nothing to say of what is sound, and every fault of what is not, each by its code and place."""

from __future__ import annotations

import copy
import itertools
import json
import os
import re
import shutil
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._lint import banned

if TYPE_CHECKING:
    from collections.abc import Callable

Content = dict[str, Any]

ROOT = Path(__file__).parents[1]
ROLES = ("ground", "person", "between", "need", "obstacle", "strength", "counsel")
FRAGMENTS = ("past", "stance", "air", "wish", "snag", "gift")
AXES = ("eyes", "hands", "ground", "distance", "weather")


_NUMBERS = itertools.count(26**3)


def _word() -> str:
    """Return a word that stands in no other text."""
    number = next(_NUMBERS)
    return "zu" + "".join(chr(97 + number // 26**place % 26) for place in range(4))


def _said(words: int) -> str:
    """Return a sentence of so many words, like no other."""
    return f"{' '.join(['Lamp', *(_word() for _ in range(words - 1))])}."


def _entry() -> Content:
    return {
        **{role: f"{_word()} lamp {_said(43)}" for role in ROLES},
        **dict.fromkeys(FRAGMENTS, "a lamp on the sill"),
        "move": "put it on the sill",
        "handle": "the low lamp",
        "bridge": {"light": _said(15), "shadow": _said(15)},
        "ask": f"What {_word()} lamp would I {_word()} to see tonight?",
        "practice": {"title": "one lamp", "text": _said(30)},
    }


def _text() -> Content:
    return {
        "ref": "the Lamp",
        "image": "a lamp on a sill",
        "image_alt": "a hand at the wick",
        "state": "the lamp stands on a sill",
        "thing": "the lamp on the sill",
        "upright": _entry(),
        "reversed": _entry(),
    }


TEXT = _text()
LIGHT = {"themes": ["bond", "trust"], "polarity": "light", "keywords": ["a lamp"], "essence": _said(10)}
SHADOW = LIGHT | {"polarity": "shadow", "sign": "fading_afterglow"}
CARDS = {"major_arcana.00": "The Lamp", "major_arcana.12": "The Hanged Man", "minor_arcana.cups.two": "Two of Cups"}
SIGHTS = {key: {"value": "up", "side": "open", "clause": "the lamp burns straight"} for key in AXES}
DECK: dict[str, Content] = {
    "deck.yaml": {
        "id": "lamps",
        "name": "Lamps",
        "language": "en",
        "cards": {
            card: {"name": name, "element": "fire", "number": 1, "number_meaning": "a start"}
            | {"upright": LIGHT, "reversed": SHADOW}
            for card, name in CARDS.items()
        },
    },
    **{f"{card.replace('.', '/')}.yaml": text for card, text in zip(CARDS, (TEXT, _text(), _text()), strict=True)},
    "pictures.yaml": {
        "cards": dict.fromkeys(CARDS, SIGHTS),
        "families": {
            "lamps": {
                "states": dict.fromkeys(CARDS, "the lamp burns low"),
                "leads": {"look": "Look at the lamps."},
                "claims": {"alike": "Either of you may be the one who lights it."},
            }
        },
    },
    "pairs.yaml": {
        "pairs": {
            "lamp-hanged": {
                "cards": ["major_arcana.00", "major_arcana.12"],
                "hinges": {"again": "The lamp {{ earlier.at }} is here too."},
            }
        }
    },
    "motifs.yaml": {
        "motifs": {"lamp": {"cards": [*CARDS], "seen": {"twice": "A lamp {{ earlier.at }}, and {{ later.at }}."}}}
    },
}


def _position(number: int) -> Content:
    return {
        "name": "The sill",
        "heading": "The sill",
        "asks": "What is lit?",
        "role": "obstacle",
        "owner": "us",
        "cell": [number, 1],
        "at": "on the sill",
        "frames": {"plain": {"when": "any", "shape": "image", "text": _said(5)}},
    }


SPREAD: Content = {
    "name": "The Sills",
    "question": "What is lit?",
    "source": "a test",
    "subtitle": "Two sills, one of them {{ partner.poss }}.",
    "openings": {"plain": "Two sills, and a lamp on each."},
    "positions": {"left": _position(1), "right": _position(2)},
    "synthesis": {
        "titles": {"both": "Both sills."},
        "closings": {"leave": "Leave {{ left.handle }} where it is."},
        "answers": {"lit": "What is lit may be {{ right.snag }}."},
    },
}


def _dump(content: Any) -> str:
    """Return content as YAML, nothing in it shared, so that no anchor is written."""
    return yaml.safe_dump(json.loads(json.dumps(content)), sort_keys=False, width=1000)


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_bytes((content if isinstance(content, str) else _dump(content)).encode())


SOUND_DECK = {name: _dump(content) for name, content in DECK.items()}


def _deck(folder: Path, **changed: Any) -> Path:
    """Write the sound deck to a folder, some of its files changed, and return that folder."""
    for name, content in (SOUND_DECK | changed).items():
        if content is not None:
            _write(folder / name, content)
    return folder


def _with(content: Content, path: str, value: Any) -> Content:
    """Return content with one value changed; "..." takes it away."""
    changed = json.loads(json.dumps(content))
    *outer, last = path.split("/")
    inner = changed
    for part in outer:
        inner = inner[part]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return dict(changed)


def _told(problems: tuple[tarot.Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in problems]


# sound content --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_a_packaged_spread_has_no_faults(spread: str):
    """Nothing is wrong with any packaged spread, neither by its id nor by its path."""
    assert tarot.check(spread) == ()
    assert tarot.check(ROOT / "spreads" / f"{spread}.yaml") == ()


def test_the_major_arcana_have_no_faults():
    """Nothing is wrong with the deck of the majors alone."""
    assert tarot.check("major-arcana") == ()


def test_the_whole_deck_has_no_faults():
    """Nothing is wrong with the deck that is read by default, nor is anything worn out in it."""
    assert tarot.check("rider-waite-smith") == ()


def test_a_sound_deck_of_one_s_own_has_no_faults(tmp_path: Path):
    """Nothing is wrong with the small deck that the tests below spoil; and it can be read from."""
    deck = _deck(tmp_path / "lamps")

    assert tarot.check(deck) == ()
    assert tarot.read("three-mirrors", deck=deck, seed=7).passages


def test_a_sound_spread_of_one_s_own_has_no_faults(tmp_path: Path):
    """Nothing is wrong with the small spread that the tests below spoil; and it can be read."""
    _write(tmp_path / "sills.yaml", SPREAD)

    assert tarot.check(tmp_path / "sills.yaml") == ()
    assert tarot.read(tmp_path / "sills.yaml", seed=7).passages


def test_a_deck_without_pictures_is_sound(tmp_path: Path):
    """What pictures share is an extra: a deck without these files has no faults."""
    deck = _deck(tmp_path / "lamps", **{"pictures.yaml": None, "pairs.yaml": None, "motifs.yaml": None})

    assert tarot.check(deck) == ()


def test_a_deck_that_extends_another_is_checked_with_its_texts(tmp_path: Path):
    """Cards that come from the deck that is extended have their texts there, and a text of its own goes before them."""
    folder = tmp_path / "some"
    manifest = {"id": "some", "name": "Some", "language": "en", "extends": "major-arcana"}
    own = {"minor_arcana.cups.ace": DECK["deck.yaml"]["cards"]["minor_arcana.cups.two"]}
    _write(folder / "deck.yaml", manifest | {"keep": ["major_arcana.00", *own], "cards": own})

    assert tarot.check(folder) == ()
    _write(folder / "minor_arcana/cups/ace.yaml", _with(TEXT, "ref", ...))
    (problem,) = tarot.check(folder)
    assert (problem.code, problem.place.file) == ("missing-key", f"{folder}/minor_arcana/cups/ace.yaml")


# what is checked ------------------------------------------------------------------------------------------------------


def test_an_unknown_id_is_refused():
    """A text that is no id raises UnknownIdError, with the nearest guess or with what there is."""
    with pytest.raises(tarot.UnknownIdError, match="did you mean 'emotional-block'"):
        tarot.check("emotional-blok")
    with pytest.raises(tarot.UnknownIdError, match="known: major-arcana, rider-waite-smith, after-argument, "):
        tarot.check("zzz")


def test_a_text_never_opens_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder that lies where a text says is no more checked by that text than it is loaded."""
    _deck(tmp_path / "lamps")
    monkeypatch.chdir(tmp_path)

    for text in ("lamps", "./lamps", str(tmp_path / "lamps")):
        with pytest.raises(tarot.UnknownIdError):
            tarot.check(text)
    assert tarot.check(Path("lamps")) == ()


@pytest.mark.parametrize(
    ("name", "code"), [("nowhere.yaml", "no-file"), ("nowhere", "no-file"), ("Shouted.yaml", "bad-name")]
)
def test_a_path_that_leads_nowhere_is_a_fault(name: str, code: str, tmp_path: Path):
    """A missing file is a problem like any other, and is told and not raised."""
    problems = tarot.check(tmp_path / name)

    assert _told(problems) == [(code, "")]
    assert problems[0].place.file == f"{tmp_path}/{name}"


def test_a_folder_without_a_manifest_is_a_fault(tmp_path: Path):
    """A folder is checked as a deck, and a deck has a deck.yaml."""
    assert _told(tarot.check(tmp_path)) == [("no-file", "")]


# faults of any file, tried on a spread --------------------------------------------------------------------------------

SOUND = _dump(SPREAD)
RAW: dict[str, tuple[str | bytes, list[tuple[str, str]]]] = {
    "bytes that are no UTF-8": (SOUND.encode() + b"# \xff\n", [("not-utf-8", "")]),
    "a direction mark": (SOUND + "# \u202e\n", [("unfit-character", "")]),
    "a control character": (SOUND + "# \x07\n", [("unfit-character", "")]),
    "an escaped one": (SOUND.replace("The Sills", '"The \\u202e Sills"'), [("unfit-character", "")]),
    "too many bytes": (SOUND + "# a lamp\n" * 300_000, [("too-large", "")]),
    "no YAML": (SOUND + "]\n", [("syntax", "")]),
    "nothing": ("# a lamp\n", [("empty-file", "")]),
    "a second document": (SOUND + "---\nname: another\n", [("document", "")]),
    "a directive": ("%YAML 1.2\n---\n" + SOUND, [("directive", "")]),
    "an anchor": (SOUND.replace("The Sills", "&one The Sills"), [("anchor", "")]),
    "an alias": (SOUND.replace("The Sills", "*one"), [("alias", "")]),
    "a tag": (SOUND.replace("The Sills", "!!str The Sills"), [("tag", "")]),
    "a tab": (SOUND.replace("The Sills", "The\tSills"), [("tab", "")]),
    "a text without end": (SOUND.replace("The Sills", "lamp " * 4_001), [("too-long", "")]),
    "nesting without end": (SOUND.replace("The Sills", "[" * 13 + "]" * 13), [("too-deep", "")]),
    "values without end": (SOUND.replace("The Sills", f"[{'a,' * 100_000}]"), [("too-many", "")]),
    "a key twice": (SOUND.replace("source:", "name:"), [("duplicate-key", ""), ("missing-key", "")]),
    "a list for a key": (SOUND + "? [a]\n: b\n", [("wrong-key", "")]),
    "a mapping for a key": (SOUND + "? {a: b}\n: {c: d}\n", [("wrong-key", "")]),
}


@pytest.mark.parametrize(("content", "told"), RAW.values(), ids=RAW)
def test_a_fault_of_the_file_is_told(content: str | bytes, told: list[tuple[str, str]], tmp_path: Path):
    """What this library does not read as YAML is told with its code and file."""
    _write(tmp_path / "sills.yaml", content)

    problems = tarot.check(tmp_path / "sills.yaml")

    assert sorted(_told(problems)) == sorted(told)
    assert {problem.place.file for problem in problems} == {f"{tmp_path}/sills.yaml"}
    assert {problem.severity for problem in problems} == {"error"}


LEFT = "positions/left"
SHAPES: dict[str, tuple[Content, list[tuple[str, str]]]] = {
    "an unknown key": (_with(SPREAD, "nmae", "x"), [("unknown-key", "")]),
    "an unknown key inside": (_with(SPREAD, f"{LEFT}/rolle", "need"), [("unknown-key", "positions.left")]),
    "a key that is missing": (_with(SPREAD, f"{LEFT}/at", ...), [("missing-key", "positions.left")]),
    "a list for a text": (_with(SPREAD, "name", ["x"]), [("wrong-type", "name")]),
    "a text for a mapping": (_with(SPREAD, "positions", "x"), [("wrong-type", "positions")]),
    "a text for a number": (_with(SPREAD, f"{LEFT}/cell", ["x", 1]), [("wrong-type", "positions.left.cell[0]")]),
    "a word for yes": (_with(SPREAD, "tender", "yes"), [("wrong-type", "tender")]),
    "three numbers for two": (_with(SPREAD, f"{LEFT}/cell", [1, 1, 1]), [("wrong-length", "positions.left.cell")]),
    "an unknown role": (_with(SPREAD, f"{LEFT}/role", "grond"), [("unknown-value", "positions.left.role")]),
    "an id with a space": (_with(SPREAD, "openings", {"a lamp": "x"}), [("bad-id", "openings")]),
    "no openings": (_with(SPREAD, "openings", {}), [("too-few", "openings")]),
    "an empty text": (_with(SPREAD, "question", "  "), [("empty-text", "question")]),
    "nothing for a text": (_with(SPREAD, "question", ""), [("wrong-type", "question")]),
    "a frame too short": (_with(SPREAD, f"{LEFT}/frames/plain/text", "A lamp."), [("budget", "text")]),
    "a frame too long": (_with(SPREAD, f"{LEFT}/frames/plain/text", _said(25)), [("budget", "text")]),
    "an unknown name in braces": (_with(SPREAD, "subtitle", "To {{ partnr.obj }}."), [("template", "subtitle")]),
    "an unknown part of a name": (_with(SPREAD, "subtitle", "To {{ partner.object }}."), [("template", "subtitle")]),
    "a name where there is none": (_with(SPREAD, "question", "{{ partner.Obj }}?"), [("template", "question")]),
    "a call in braces": (_with(SPREAD, "subtitle", "{{ partner.obj() }}"), [("template", "subtitle")]),
    "a loop": (_with(SPREAD, "subtitle", "{% for x in y %}{% endfor %}"), [("template", "subtitle")] * 2),
    "a fragment of another role": (
        _with(SPREAD, "synthesis/answers/lit", "There is {{ right.gift }}."),
        [("template", "synthesis.answers.lit")],
    ),
    "an answer about no position": (
        _with(SPREAD, "synthesis/answers/lit", "There is {{ middle.snag }}."),
        [("template", "synthesis.answers.lit")],
    ),
    "a cell off the table": (_with(SPREAD, f"{LEFT}/cell", [0, 1]), [("grid", "positions.left.cell")]),
    "a cell taken": (_with(SPREAD, f"{LEFT}/cell", [2, 1]), [("grid", "positions.right.cell")]),
    "a card askew": (_with(SPREAD, f"{LEFT}/rotate", 45), [("grid", "positions.left.rotate")]),
}


@pytest.mark.parametrize(("content", "told"), SHAPES.values(), ids=SHAPES)
def test_a_fault_of_a_spread_is_told(content: Content, told: list[tuple[str, str]], tmp_path: Path):
    """What a spread may not be is told with its code, its path, and the line where it stands."""
    _write(tmp_path / "sills.yaml", content)

    problems = tarot.check(tmp_path / "sills.yaml")

    assert [(code, path.rpartition("plain.")[2]) for code, path in _told(problems)] == told
    lines = (tmp_path / "sills.yaml").read_text(encoding="utf-8").splitlines()
    for problem in problems:
        assert problem.place.file == f"{tmp_path}/sills.yaml"
        assert problem.place.line <= len(lines)
        assert problem.severity == "error"


def test_a_card_laid_across_another_may_share_its_cell(tmp_path: Path):
    """Two positions may lie in one cell if the later is turned by 90 degrees."""
    _write(tmp_path / "sills.yaml", _with(_with(SPREAD, "positions/right/cell", [1, 1]), "positions/right/rotate", 90))

    assert tarot.check(tmp_path / "sills.yaml") == ()


def test_places_are_lines_and_columns_of_the_file(tmp_path: Path):
    """A fault is told at the very line and column of the value that has it."""
    text = SOUND.replace("role: obstacle", "role: obstackle", 1)
    _write(tmp_path / "sills.yaml", text)

    (problem,) = tarot.check(tmp_path / "sills.yaml")

    line = text[: text.index("obstackle")].count("\n") + 1
    column = text.splitlines()[line - 1].index("obstackle") + 1
    assert problem.place == tarot.Place(f"{tmp_path}/sills.yaml", line, column)
    assert str(problem).startswith(f"{tmp_path}/sills.yaml:{line}:{column}: found 'obstackle', expected one of ")
    assert problem.hint == "did you mean 'obstacle'?"


def test_all_faults_are_told_in_one_run(tmp_path: Path):
    """Faults of shape, of budgets, between the parts and of wording come together, in the order of their places."""
    content = _with(SPREAD, "name", "A journey")
    content = _with(content, f"{LEFT}/frames/plain/text", "A lamp.")
    content = _with(content, "positions/right/cell", [0, 0])
    content = _with(content, "synthesis/closings/leave", "Leave {{ nowhere.snag }}.")
    _write(tmp_path / "sills.yaml", content)

    problems = tarot.check(tmp_path / "sills.yaml")

    assert [problem.code for problem in problems] == ["b9-cliche", "budget", "grid", "template"]
    assert list(problems) == sorted(problems, key=lambda problem: problem.place)


def test_a_budget_is_for_checking_only(tmp_path: Path):
    """A text over its budget is told by check and can still be loaded."""
    _write(tmp_path / "sills.yaml", _with(SPREAD, f"{LEFT}/frames/plain/text", "A lamp."))

    assert [problem.code for problem in tarot.check(tmp_path / "sills.yaml")] == ["budget"]
    assert tarot.load_spread(tmp_path / "sills.yaml").positions


# faults of a deck -----------------------------------------------------------------------------------------------------

FOOL = "cards/major_arcana.00"
LAMP = "major_arcana/00.yaml"
OF_FOOL = "cards.major_arcana.00"
MANIFEST: dict[str, tuple[Content, list[tuple[str, str]]]] = {
    "another folder's id": (_with(DECK["deck.yaml"], "id", "lamp"), [("id", "id")]),
    "an unknown language": (_with(DECK["deck.yaml"], "language", "xx"), [("unknown-id", "language")]),
    "no cards": (_with(DECK["deck.yaml"], "cards", ...), [("no-cards", "")]),
    "cards to keep of nothing": (_with(DECK["deck.yaml"], "keep", ["major_arcana.00"]), [("keep", "keep")]),
    "an unknown deck to extend": (_with(DECK["deck.yaml"], "extends", "moons"), [("unknown-id", "extends")]),
    "an unknown theme": (_with(DECK["deck.yaml"], f"{FOOL}/upright/themes", ["bond", "bnd"]), [
        ("unknown-value", f"{OF_FOOL}.upright.themes[1]")
    ]),
    "one theme": (_with(DECK["deck.yaml"], f"{FOOL}/upright/themes", ["bond"]), [
        ("wrong-length", f"{OF_FOOL}.upright.themes")
    ]),
    "a sign of another theme": (_with(DECK["deck.yaml"], f"{FOOL}/reversed/sign", "seeking_proof"), [
        ("unknown-id", f"{OF_FOOL}.reversed.sign")
    ]),
    "a strained card without a sign": (_with(DECK["deck.yaml"], f"{FOOL}/reversed/sign", ...), [
        ("bad-value", f"{OF_FOOL}.reversed")
    ]),
    "care beyond 2": (_with(DECK["deck.yaml"], f"{FOOL}/upright/care", 3), [("bad-value", f"{OF_FOOL}.upright")]),
    "an id that no card has": (
        _with(DECK["deck.yaml"], "cards/major_arcana.22", DECK["deck.yaml"]["cards"]["major_arcana.00"]),
        [("bad-value", "cards.major_arcana.22")],
    ),
    "an essence too short": (_with(DECK["deck.yaml"], f"{FOOL}/upright/essence", "A lamp."), [
        ("budget", f"{OF_FOOL}.upright.essence")
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "told"), MANIFEST.values(), ids=MANIFEST)
def test_a_fault_of_a_manifest_is_told(content: Content, told: list[tuple[str, str]], tmp_path: Path):
    """What a deck's manifest may not say is told with its code and path, in the manifest."""
    deck = _deck(tmp_path / "lamps", **{"deck.yaml": content})

    problems = tarot.check(deck)

    assert _told(problems) == told
    assert {problem.place.file for problem in problems} == {f"{deck}/deck.yaml"}
    assert {problem.severity for problem in problems} == {"error"}


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("upright/ground", _said(37), [("budget", "upright.ground")]),
        ("upright/ground", _said(53), [("budget", "upright.ground")]),
        ("upright/person", "{{ P.sub }} " + _said(44), [("template", "upright.person")]),
        ("upright/ground", "{{ P.obj }} " + _said(44), [("template", "upright.ground")]),
        ("reversed/wish", "a wish for one lamp.", [("fragment", "reversed.wish")]),
        ("reversed/wish", "a wish, for one lamp", [("fragment", "reversed.wish")]),
        ("reversed/counsel", ..., [("missing-key", "reversed")]),
        ("reversed/bridge/shadow", ..., [("missing-key", "reversed.bridge")]),
        ("upright", ..., [("missing-key", "")]),
    ],
    ids=[
        "a passage too short",
        "a passage too long",
        "an unknown part of a person",
        "a person out of place",
        "a stop in a fragment",
        "a comma in a fragment",
        "no counsel",
        "no bridge in shadow",
        "no upright entry",
    ],
)
def test_a_fault_of_a_card_s_text_is_told(path: str, value: Any, told: list[tuple[str, str]], tmp_path: Path):
    """What a card's text may not be is told with its code and path, in the file of that card."""
    deck = _deck(tmp_path / "lamps", **{LAMP: _with(TEXT, path, value)})

    problems = tarot.check(deck)

    assert _told(problems) == told
    assert {problem.place.file for problem in problems} == {f"{deck}/{LAMP}"}


def test_a_text_that_is_missing_is_told(tmp_path: Path):
    """A card of the deck without a file of its own is told for the file it should have."""
    deck = _deck(tmp_path / "lamps", **{LAMP: None, "minor_arcana/cups/two.yaml": None})

    problems = tarot.check(deck)

    assert [(problem.code, problem.place.file) for problem in problems] == [
        ("missing-text", f"{deck}/{LAMP}"),
        ("missing-text", f"{deck}/minor_arcana/cups/two.yaml"),
    ]
    assert "The Lamp" in problems[0].message


@pytest.mark.parametrize(
    ("stray", "hint"),
    [
        ("major_arcana/01.yaml", None),
        ("minor_arcana/cups/too.yaml", "did you mean 'minor_arcana/cups/two.yaml'?"),
        ("minor_arcana/coins/two.yaml", None),
        ("major-arcana/00.yaml", None),
        ("picture.yaml", None),
    ],
)
def test_a_file_that_belongs_to_no_card_is_told(stray: str, hint: str | None, tmp_path: Path):
    """A YAML file below the deck that is no card's text, and would be passed over in silence, is told."""
    deck = _deck(tmp_path / "lamps", **{stray: TEXT})

    problems = tarot.check(deck)

    assert [(problem.code, problem.place.file) for problem in problems] == [("unknown-file", f"{deck}/{stray}")]
    assert hint is None or problems[0].hint == hint


def test_files_that_are_no_yaml_are_left_alone(tmp_path: Path):
    """Notes, pictures and the like may lie in a deck."""
    deck = _deck(tmp_path / "lamps", **{"README.md": "# Lamps\n", "major_arcana/00.svg": "<svg/>\n", "a/b.txt": "x"})

    assert tarot.check(deck) == ()


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_text_that_lies_outside_is_told(tmp_path: Path):
    """A link that leads out of the deck is a fault of that file, and all the rest is checked."""
    deck = _deck(tmp_path / "lamps", **{"minor_arcana/cups/two.yaml": None})
    shutil.move(deck / LAMP, tmp_path / "outside.yaml")
    (deck / LAMP).symlink_to(tmp_path / "outside.yaml")

    assert [problem.code for problem in tarot.check(deck)] == ["outside", "missing-text"]


STATES = "families/lamps/states"
SHARED: dict[str, tuple[str, str, Any, list[tuple[str, str]]]] = {
    "a picture of no card": (
        "pictures.yaml", "cards/major_arcana.01", SIGHTS, [("unknown-id", "cards.major_arcana.01")],
    ),
    "a family of no card": (
        "pictures.yaml", f"{STATES}/major_arcana.01", "the lamp is out",
        [("unknown-id", "families.lamps.states.major_arcana.01")],
    ),
    "a family of two": (
        "pictures.yaml", f"{STATES}/major_arcana.00", ..., [("too-few", "families.lamps")],
    ),
    "a family with a card twice": (
        "pictures.yaml", "families/lamps/cards", ["major_arcana.00"], [("member", "families.lamps")],
    ),
    "a family of no card by its own state": (
        "pictures.yaml", "families/lamps/cards", ["major_arcana.01"],
        [("unknown-id", "families.lamps.cards[0]")],
    ),
    "a side without a clause": (
        "pictures.yaml", "cards/major_arcana.00/eyes", {"value": "up", "side": "open"},
        [("bad-value", "cards.major_arcana.00.eyes")],
    ),
    "an unknown side": (
        "pictures.yaml", "cards/major_arcana.00/eyes/side", "opn",
        [("unknown-value", "cards.major_arcana.00.eyes.side")],
    ),
    "a pair of no card": (
        "pairs.yaml", "pairs/lamp-hanged/cards", ["major_arcana.00", "major_arcana.01"],
        [("unknown-id", "pairs.lamp-hanged.cards")],
    ),
    "a pair of three": (
        "pairs.yaml", "pairs/lamp-hanged/cards", [*CARDS], [("wrong-length", "pairs.lamp-hanged.cards")],
    ),
    "a pair of one card": (
        "pairs.yaml", "pairs/lamp-hanged/cards", ["major_arcana.00"] * 2, [("too-few", "pairs.lamp-hanged.cards")],
    ),
    "a hinge with another name": (
        "pairs.yaml", "pairs/lamp-hanged/hinges/again", "A lamp {{ before.at }}.",
        [("template", "pairs.lamp-hanged.hinges.again")],
    ),
    "a motif of no card": (
        "motifs.yaml", "motifs/lamp/cards", ["major_arcana.00", "major_arcana.1"],
        [("unknown-id", "motifs.lamp.cards")],
    ),
    "a motif of one card": (
        "motifs.yaml", "motifs/lamp/cards", ["major_arcana.00"] * 2, [("too-few", "motifs.lamp.cards")],
    ),
    "a motif with another name": (
        "motifs.yaml", "motifs/lamp/seen/twice", "A lamp {{ earlier.where }}.",
        [("template", "motifs.lamp.seen.twice")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "path", "value", "told"), SHARED.values(), ids=SHARED)
def test_a_fault_of_what_pictures_share_is_told(
    name: str, path: str, value: Any, told: list[tuple[str, str]], tmp_path: Path
):
    """What pictures, pairs and motifs may not say, unknown cards among it, is told with its code and path."""
    deck = _deck(tmp_path / "lamps", **{name: _with(DECK[name], path, value)})

    problems = tarot.check(deck)

    assert _told(problems) == told
    assert {problem.place.file for problem in problems} == {f"{deck}/{name}"}


def test_an_unknown_card_is_told_with_a_guess(tmp_path: Path):
    """A card's id that is nearly right comes with the nearest one."""
    pairs = _with(DECK["pairs.yaml"], "pairs/lamp-hanged/cards", ["major_arcana.00", "minor_arcana.cup.two"])
    deck = _deck(tmp_path / "lamps", **{"pairs.yaml": pairs})

    (problem,) = tarot.check(deck)

    assert problem.hint == "did you mean 'minor_arcana.cups.two'?"


@pytest.mark.parametrize("name", [*DECK])
@pytest.mark.parametrize("content", [b"\xff", b"]", b"", b"cards: {major_arcana.00: x}\n", b"x: &a b\n"])
def test_a_spoilt_file_of_a_deck_is_told_and_not_raised(name: str, content: bytes, tmp_path: Path):
    """Whichever file of a deck cannot be read, its faults are told, and they are told of that file."""
    deck = _deck(tmp_path / "lamps", **{name: content})

    problems = tarot.check(deck)

    assert problems
    assert {problem.place.file for problem in problems} == {f"{deck}/{name}"}


def test_a_manifest_s_faults_hide_none_of_another_kind(tmp_path: Path):
    """A manifest with a warning in its words and an id that is not its folder's is told for both."""
    content = _with(_with(DECK["deck.yaml"], "id", "lamp"), "name", "A journey")
    deck = _deck(tmp_path / "lamps", **{"deck.yaml": content})

    assert sorted(_told(tarot.check(deck))) == [("b9-cliche", "name"), ("id", "id")]


def test_a_warning_in_a_manifest_hides_nothing_in_its_texts(tmp_path: Path):
    """A manifest that only runs into a warning does not end the check: the texts are checked as well."""
    deck = _deck(tmp_path / "lamps", **{"deck.yaml": _with(DECK["deck.yaml"], "name", "A journey"), LAMP: None})

    assert [problem.code for problem in tarot.check(deck)] == ["b9-cliche", "missing-text"]


# wording --------------------------------------------------------------------------------------------------------------

SAMPLES = {
    "b1-certainty": "And then you will be glad.",
    "b1-certainty-2": "It was meant to be so.",
    "b1-certainty-3": "Here the cards reveal a lamp.",
    "b1-certainty-4": "It may come in the next few weeks.",
    "b2-pressure": "You could say yes more.",
    "b3-stay-leave": "Perhaps it's time to leave.",
    "b4-medical": "So they say, hormones make a lamp burn.",
    "b4-diagnosis": "It is a toxic lamp.",
    "b5-blame": "It is your fault.",
    "b6-stereotype": "A wife lights it.",
    "b7-explicit": "The figure is naked.",
    "b8-minimise": "Try to just relax.",
    "b9-cliche": "A journey with a lamp.",
    "b10-barnum": "Deep down there is a lamp.",
}
RULES = yaml.safe_load((files("intimacy_tarot") / "lint" / "rules.yaml").read_text(encoding="utf-8"))["banned"]


def test_there_is_a_sample_for_every_ban():
    """The samples are those of all the bans there are."""
    assert SAMPLES.keys() == RULES.keys()


@pytest.mark.parametrize("ban", RULES)
@pytest.mark.parametrize("turned", [str, str.upper, str.lower], ids=["plain", "upper", "lower"])
def test_a_ban_finds_its_sample_and_nothing_else_does(ban: str, turned: Callable[[str], str]):
    """Each ban matches its sample, whatever the case, and no other ban does."""
    found = list(banned(turned(SAMPLES[ban])))

    assert [(rule.id, rule.level) for rule, _ in found] == [(ban, RULES[ban]["level"])]
    assert found[0][1] in turned(SAMPLES[ban])


@pytest.mark.parametrize(
    "text",
    [
        "Shells are there, and other people's menus; the theme is here.",
        "Somebody might save a seat, and the two of you could leave early.",
        "A lamp that you put outside.",
        "It says nothing, and a card may be put away.",
        "Your partner could sooner have asked.",
    ],
)
def test_a_word_that_only_looks_banned_is_let_be(text: str):
    """Words that hold a banned one, and plain uses of common ones, are no faults."""
    assert list(banned(text)) == []


def test_the_names_of_cards_are_masked():
    """A card's name is no fault in any case, and is one where it is no card's name."""
    assert [words for _, words in banned("the hanged MAN waits", ["The Tower"])] == ["MAN"]
    assert list(banned("the hanged MAN waits", ["The Tower", "The Hanged Man"])) == []
    assert [words for _, words in banned("The Hanged Man and a man.", ["The Hanged Man"])] == ["man"]
    assert list(banned("The Man (x) waits", ["The Man (x)"])) == []


@given(
    name=st.text("abc .*+?()[]{}|^$\\-", min_size=1, max_size=12).map(lambda text: f"man {text} wife"),
    before=st.sampled_from(["", "Look: ", "lamp "]),
)
def test_whatever_a_card_is_called_it_is_masked(name: str, before: str):
    """Any name, odd characters and all, is masked as it stands."""
    assert list(banned(f"{before}{name}", [name])) == []
    assert list(banned(f"{before}{name}", []))


@pytest.mark.parametrize("ban", RULES)
def test_a_banned_phrase_in_a_deck_is_told(ban: str, tmp_path: Path):
    """A phrase that is banned is a fault that blocks, or a warning, at the text that holds it."""
    sample = f"{SAMPLES[ban]} {_said(40)}"
    deck = _deck(tmp_path / "lamps", **{LAMP: _with(TEXT, "reversed/need", sample)})

    (problem,) = tarot.check(deck)

    assert (problem.code, problem.path) == (ban, "reversed.need")
    assert problem.severity == {"block": "error", "warn": "warning"}[RULES[ban]["level"]]
    assert problem.place.file == f"{deck}/{LAMP}"
    assert problem.message.endswith(f", expected none of {ban}")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (LAMP, "upright/ground"),
        ("pictures.yaml", "families/lamps/claims/alike"),
        ("pairs.yaml", "pairs/lamp-hanged/hinges/again"),
        ("motifs.yaml", "motifs/lamp/seen/twice"),
        ("deck.yaml", "cards/major_arcana.00/upright/essence"),
    ],
)
def test_a_deck_may_speak_of_its_own_cards(name: str, path: str, tmp_path: Path):
    """In every file of a deck the names of its cards are masked: the Hanged Man may hang, and no other man."""
    lengths = {"upright/ground": 40, "cards/major_arcana.00/upright/essence": 5}
    rest = _said(lengths.get(path, 3))
    hanged = _deck(tmp_path / "a" / "lamps", **{name: _with(DECK[name], path, f"The Hanged Man waits. {rest}")})
    standing = _deck(tmp_path / "b" / "lamps", **{name: _with(DECK[name], path, f"The standing man waits. {rest}")})

    assert tarot.check(hanged) == ()
    assert _told(tarot.check(standing)) == [("b6-stereotype", path.replace("/", "."))]


def test_a_banned_phrase_in_a_spread_is_told(tmp_path: Path):
    """A spread's wording is held to the same rules."""
    _write(tmp_path / "sills.yaml", _with(SPREAD, "openings/plain", "Deep down you will be destined."))

    problems = tarot.check(tmp_path / "sills.yaml")

    assert [(problem.code, problem.severity) for problem in problems] == [
        ("b1-certainty", "error"),
        ("b1-certainty-2", "error"),
        ("b10-barnum", "warning"),
    ]


# whatever comes -------------------------------------------------------------------------------------------------------


PUT_IN = [b"[", b"{", b": ", b"\n- ", b"*a", b"{{ ", b"%}", b"null", b"'"]


@st.composite
def _spoilt(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return a file with a piece taken out and something else put in."""
    start = draw(st.integers(0, len(whole)))
    end = draw(st.integers(start, min(len(whole), start + 40)))
    return whole[:start] + draw(st.binary(max_size=8) | st.sampled_from(PUT_IN)) + whole[end:]


@given(raw=_spoilt(SOUND.encode()) | st.binary(max_size=60))
def test_check_tells_of_any_spread_and_never_raises(raw: bytes, tmp_path_factory: pytest.TempPathFactory):
    """Whatever bytes a spread's file holds, check gives problems or none; none means that it can be read."""
    path = tmp_path_factory.getbasetemp() / "sills.yaml"
    path.write_bytes(raw)

    problems = tarot.check(path)

    assert all(problem.place.file == str(path) for problem in problems)
    if not any(problem.severity == "error" for problem in problems):
        assert tarot.read(path, seed=7).passages


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound deck on disk, one for all the spoilings of one file after another."""
    return _deck(tmp_path_factory.mktemp("decks") / "lamps")


@settings(max_examples=20)
@given(data=st.data())
@pytest.mark.parametrize("name", [*DECK])
def test_check_tells_of_any_deck_and_never_raises(name: str, data: st.DataObject, lamps: Path):
    """Whatever bytes a file of a deck holds, check gives problems or none; none means that it can be read from."""
    whole = SOUND_DECK[name].encode()
    try:
        (lamps / name).write_bytes(data.draw(_spoilt(whole) | st.binary(max_size=60)))

        problems = tarot.check(lamps)

        assert all(isinstance(problem, tarot.Problem) for problem in problems)
        if not any(problem.severity == "error" for problem in problems):
            assert tarot.read("three-mirrors", deck=lamps, seed=7).passages
    finally:
        (lamps / name).write_bytes(whole)


def test_problems_are_plain_data(tmp_path: Path):
    """Problems can be compared, copied and printed in one line each."""
    _write(tmp_path / "sills.yaml", _with(SPREAD, "nmae", "x"))

    problems = tarot.check(tmp_path / "sills.yaml")

    assert problems == copy.deepcopy(problems) == tarot.check(tmp_path / "sills.yaml")
    for problem in problems:
        assert re.fullmatch(r".+/sills\.yaml:[0-9]+:[0-9]+: found .+", str(problem))
