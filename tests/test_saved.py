"""Readings saved by each version: they load for ever, they print as they did, and their cards verify for ever.

`SAVE=1 pytest tests/test_saved.py` writes the readings of the present version while it is unreleased; those of a
released version are never written again.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
import re
from pathlib import Path

import pytest

import intimacy_tarot as tarot
from intimacy_tarot._verify import Finding

SAVED = Path(__file__).parent / "data" / "saved"
FILES = sorted(SAVED.glob("*/*.json"))
CHANGELOG = (Path(__file__).parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
UNRELEASED = re.search(rf"^## {re.escape(tarot.__version__)} - unreleased$", CHANGELOG, re.MULTILINE)
LAID = ("The Moon rx", "Two of Cups", "XIV")


def made():
    """Return the readings that a version is kept by: options, seeds and kinds of all sorts, by name."""
    read, private = tarot.read, {"private": False}
    return {
        "plain": read("emotional-block", seed=7).to_json(),
        "named": read("partner-need", seed="a quiet evening", reader="Ida", partner="Robin").to_json(),
        "asked": read("foundation", seed=b"\x00\xff", question="Do we still laugh?", show_themes=False).to_json(),
        "pronouns": read("two-meanings", seed=("couple", (7, "x")), partner=tarot.Person("Sam", "she")).to_json(),
        "upright": read("scales", seed=-1, reversal_rate=0).to_json(),
        "even": read("celtic-cross", seed=2**80, reversal_rate=0.5).to_json(),
        "majors": read("after-argument", seed=3, deck="major-arcana").to_json(),
        "supported": read("check-in", seed="żółty", support_text="Ask at the desk.").to_json(),
        "public": read("reconnecting", seed=11, partner="Robin").to_json(**private),
        "solo": read("one-card", seed=5, question="I am afraid of my partner").to_json(),
        "care": read("one-card", seed=6, question="He hits me").to_json(),
        "laid": tarot.interpret(tarot.lay("three-mirrors", LAID), partner="Robin").to_json(),
    }


@pytest.mark.skipif(os.environ.get("SAVE") != "1", reason="writes only where it is asked to")
def test_the_readings_of_this_version_are_saved():
    """What is released is never written again."""
    assert UNRELEASED, f"{tarot.__version__} is released"
    folder = SAVED / tarot.__version__
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made().items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
        printed = "" if name == "public" else tarot.Reading.from_json(text).to_text()
        (folder / f"{name}.sha256").write_text(hashlib.sha256(printed.encode()).hexdigest() + "\n", newline="\n")


def test_this_version_has_its_readings():
    """Every kind of reading is kept for the version that the library has now."""
    assert {path.stem for path in FILES if path.parent.name == tarot.__version__} == set(made())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_saved_reading_verifies(path):
    """Its cards are the same for ever, and its words are the same as long as the content is."""
    text = path.read_text(encoding="utf-8")
    found, record = tarot.verify(text), json.loads(text)
    assert found.cards is (Finding.UNKNOWN if path.stem == "laid" else Finding.SAME)
    assert found.words in (Finding.SAME, Finding.UNKNOWN)
    if path.stem == "public":
        assert found.words is Finding.UNKNOWN
        return
    reading = tarot.Reading.from_json(text)
    now = tarot.read(record["draw"]["spread"], seed=1, deck=record["draw"]["deck"]).content
    if reading.content.version != now.version:
        assert found.words is Finding.UNKNOWN


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_saved_reading_is_printed_as_it_was(path):
    """A later version prints the words that are in the file, to the last byte."""
    if path.stem == "public":
        with pytest.raises(tarot.RecordError):
            tarot.Reading.from_json(path.read_text(encoding="utf-8"))
        return
    printed = tarot.Reading.from_json(path.read_text(encoding="utf-8")).to_text()
    digest = hashlib.sha256(printed.encode()).hexdigest()
    assert digest == path.with_suffix(".sha256").read_text(encoding="utf-8").strip()


def leaves(value, path=()):
    """Yield the path of every value in plain data that holds no others."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, (dict, list)) or not value:
        yield path
    for key, item in inner:
        yield from leaves(item, (*path, key))


def otherwise(value):
    """Return a value of the same kind that is another."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    return f"{value} " + "x" if isinstance(value, str) else "x"


GIVEN = ("asked", "reader", "support_text")
"""What was given and is printed as it was: nothing else in a record follows from it, so that nothing can gainsay it."""


@pytest.mark.parametrize("name", ["plain", "named", "even"])
def test_whatever_is_altered_is_found(name):
    """No value of a record can be changed without being refused, or found to be changed or of other content."""
    record = json.loads((SAVED / tarot.__version__ / f"{name}.json").read_text(encoding="utf-8"))
    record = tarot.interpret(tarot.Reading.from_json(json.dumps(record)).draw).to_dict() if name == "plain" else record
    paths = [path for path in leaves(record) if path[0] not in ("format", *GIVEN)]
    for path in paths[:: max(1, len(paths) // 120)]:
        altered = copy.deepcopy(record)
        inner = altered
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = otherwise(inner[path[-1]])
        try:
            found = tarot.verify(altered)
        except tarot.RecordError:
            continue
        assert found.altered or found.differences, path
