"""Golden files: the cards of seeds of every type, for ever, and one reading of each spread in each format.

`REGENERATE=1 pytest tests/test_golden.py` writes them anew. The readings change with the wording: look at the
difference. The draws may never change, so that the switch adds what is new to them and changes nothing that is there.
"""

from __future__ import annotations

import json
import os
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import intimacy_tarot as tarot

if TYPE_CHECKING:
    from collections.abc import Callable

REGENERATE = os.environ.get("REGENERATE") == "1"
GOLDEN = Path(__file__).parent / "golden"

DRAW_SEEDS = {
    "int": 7,
    "int-zero": 0,
    "int-negative": -1,
    "int-large": 2**128 + 1,
    "str": "a quiet evening",
    "str-digits": "7",
    "str-empty": "",
    "str-beyond-latin": "żółty \u6708 🌙",
    "str-composed": "\u00e9",
    "str-decomposed": "e\u0301",
    "bytes": b"\x00\xff tarot",
    "bytes-empty": b"",
    "tuple": ("couple", 7),
    "tuple-nested": ("couple", (7, b"\x00"), ("", -1)),
}
READING_SEEDS = {"7": 7, "a-quiet-evening": "a quiet evening"}
FORMATS: dict[str, Callable[[tarot.Reading], str]] = {
    "txt": tarot.Reading.to_text,
    "md": tarot.Reading.to_markdown,
    "json": tarot.Reading.to_json,
}
READINGS = {
    f"readings/{spread}-{seed}.{form}": (spread, READING_SEEDS[seed], form)
    for spread, seed, form in product(tarot.spread_ids(), READING_SEEDS, FORMATS)
}


def _same(name: str, found: str) -> None:
    """Compare a text with the golden file of that name, byte for byte; or write that file anew."""
    path = GOLDEN / name
    if REGENERATE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found.encode())
    assert path.is_file(), f"no {name}: write it with REGENERATE=1"
    assert path.read_bytes() == found.encode()


@pytest.mark.parametrize("spread", tarot.spread_ids())
def test_the_cards_of_a_seed_are_the_same_for_ever(spread: str):
    """Seeds of every type, some that look alike among them, give a spread the cards they have always given."""
    draws = {
        f"{deck} {kind} {rate}": [
            f"{card.card.id} reversed" if card.reversed else card.card.id
            for card in tarot.draw(spread, seed=seed, deck=deck, reversal_rate=rate).cards
        ]
        for deck, (kind, seed), rate in product(tarot.deck_ids(), DRAW_SEEDS.items(), (0.35, 1.0))
    }

    known = GOLDEN / f"draws/{spread}.json"
    if known.is_file():
        assert json.loads(known.read_text(encoding="utf-8")).items() <= draws.items()
    assert len({tuple(cards) for cards in draws.values()}) > 1
    _same(f"draws/{spread}.json", json.dumps(draws, indent=1) + "\n")


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_is_the_same_in_every_byte(name: str):
    """A spread read for Robin with a given seed is what its golden file holds."""
    spread, seed, form = READINGS[name]

    _same(name, FORMATS[form](tarot.read(spread, seed=seed, partner="Robin")))


def test_the_readme_shows_the_table_of_a_real_reading():
    """The picture at the head of the README is what the line under it draws."""
    drawn = tarot.read("emotional-block", seed="a quiet evening").to_svg()
    picture = GOLDEN.parents[1] / "docs" / "the-wall.svg"
    if REGENERATE:
        picture.write_bytes(drawn.encode())
    assert picture.read_bytes() == drawn.encode()
    assert "docs/the-wall.svg" in (GOLDEN.parents[1] / "README.md").read_text("utf-8")


def test_no_golden_file_is_left_over():
    """Every file among the golden ones is compared with something."""
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}

    assert found == {*READINGS, *(f"draws/{spread}.json" for spread in tarot.spread_ids())}


@pytest.mark.skipif(REGENERATE, reason="the files are being written")
@pytest.mark.parametrize("name", [name for name, (_, _, form) in READINGS.items() if form == "json"])
def test_a_golden_record_can_still_be_read_back(name: str):
    """A saved reading of the golden ones comes back, and prints what its neighbor in text holds."""
    reading = tarot.Reading.from_json((GOLDEN / name).read_text(encoding="utf-8"))

    assert reading.to_text().encode() == (GOLDEN / name).with_suffix(".txt").read_bytes()
    assert reading.to_markdown().encode() == (GOLDEN / name).with_suffix(".md").read_bytes()
