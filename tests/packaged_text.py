"""The packaged text as its tests read it: files, texts by their keys, passages, words and sentences."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
DECK = ROOT / "decks" / "rider-waite-smith"
CARDS = sorted(DECK.glob("m*_arcana/**/*.yaml"))
"""The file of each card."""
PACKAGED = sorted(path for top in ("decks", "spreads", "src/intimacy_tarot") for path in (ROOT / top).glob("**/*.yaml"))
"""Every file of content."""

ROLES = ("ground", "person", "between", "need", "obstacle", "strength", "counsel")

_TAG = re.compile(r"\{\{.*?\}\}")
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a file with its key."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{key}[{number}]")
    elif isinstance(value, str):
        yield key, " ".join(value.split())


def texts_of(path: Path) -> dict[str, str]:
    """Return the texts of a file by their keys; matters and expressions by which a question is heard are no texts."""
    if path.name == "heeded.yaml":
        return {}
    found = leaves(yaml.safe_load(path.read_text(encoding="utf-8")))
    skipped = re.compile(r"\.matters\[" if path.name != "heard.yaml" else r"\.words\.")
    return {key: text for key, text in found if not skipped.search(key)}


def passages_of(path: Path) -> list[str]:
    """Return the role passages of a card, every name in braces as "you"."""
    return [_TAG.sub("you", text) for key, text in texts_of(path).items() if key.partition(".")[2] in ROLES]


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(_TAG.sub("you", text))


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a passage: they end in a stop, a quotation mark perhaps, and begin with a capital."""
    return re.split(r"(?<=[.!?])[\"']?\s+(?=[\"'A-Z{])", text)
