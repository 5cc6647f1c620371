"""What can be measured of the authored text without reading it: plainness, rhythm, caution, and nothing said twice.

The bands are editorial ones. They are measured card by card, over the passages of both orientations, with every name
in braces read as "you".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean, pstdev
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
DECK = ROOT / "decks" / "rider-waite-smith"
FILES = sorted(DECK.glob("m*_arcana/**/*.yaml"))
EVERY_CARD = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DECK).with_suffix("").as_posix())
PACKAGED = sorted(path for top in ("decks", "spreads", "src/intimacy_tarot") for path in (ROOT / top).glob("**/*.yaml"))

ROLES = ("ground", "person", "between", "need", "obstacle", "strength", "counsel")
_TAG = re.compile(r"\{\{.*?\}\}")
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*")
_ABSTRACT = re.compile(r"(?:tion|ness|ment|ity|ance|ence|ism)s?\Z", re.IGNORECASE)
_HEDGE = re.compile(
    r"(?:may|might|could|can|would|perhaps|seems?|suggests?|invites?|likely|possibly|maybe)\Z", re.IGNORECASE
)
_PERSON = re.compile(r"\{\{-? *(?:P|partner)\.[Ss]ubj\b[^}]*\}\}(?P<next>\s*\S*)")
_MODAL = re.compile(r"\s(?:may|might|can|could|would)\b")


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a file with its key."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{key}.{name}" if key else str(name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{key}[{number}]")
    elif isinstance(value, str):
        yield key, " ".join(value.split())


def _texts(path: Path) -> dict[str, str]:
    return dict(_leaves(yaml.safe_load(path.read_text(encoding="utf-8"))))


def _passages(path: Path) -> list[str]:
    return [_TAG.sub("you", text) for key, text in _texts(path).items() if key.partition(".")[2] in ROLES]


def _words(text: str) -> list[str]:
    return _WORD.findall(_TAG.sub("you", text))


def _sentences(text: str) -> list[str]:
    """Return the sentences of a passage: they end in a stop, a quotation mark perhaps, and begin with a capital."""
    return re.split(r"(?<=[.!?])[\"']?\s+(?=[\"'A-Z{])", text)


def _syllables(word: str) -> int:
    """Return the runs of vowels, one fewer for a silent e at the end ("stone", not "table"), and at least one."""
    plain = word.lower().removesuffix("'s")
    runs = len(re.findall(r"[aeiouy]+", plain))
    silent = runs > 1 and plain.endswith("e") and not plain.endswith("le")
    return max(1, runs - silent)


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = [word.lower() for word in _words(text)]
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def _shared(texts: Iterable[tuple[str, Iterable[Any]]]) -> dict[Any, list[str]]:
    """Return what stands in more than one place, with the places."""
    places = defaultdict(list)
    for place, parts in texts:
        for part in parts:
            places[part].append(place)
    return {part: found for part, found in places.items() if len(found) > 1}


def _share(words: list[str], pattern: re.Pattern[str]) -> float:
    return 100 * sum(bool(pattern.search(word)) for word in words) / len(words)


def test_there_are_texts_to_measure():
    """The files of the Major Arcana are found, so that the tests below measure something."""
    assert len(FILES) >= 22
    assert all(len(_passages(path)) == 2 * len(ROLES) for path in FILES)


@pytest.mark.parametrize(
    ("word", "count"),
    [("stone", 1), ("table", 2), ("lantern", 2), ("the", 1), ("remember", 3), ("nobody's", 3), ("hmm", 1), ("be", 1)],
)
def test_syllables_are_counted_simply(word: str, count: int):
    """The counter gives what a reader would, for words of every kind that it tells apart."""
    assert _syllables(word) == count


def test_sentences_are_told_apart():
    """A quoted sentence, a question and a plain one count as three."""
    assert len(_sentences('Say "not tonight." Would that do? {{ P.Subj }} may nod.')) == 3


@EVERY_CARD
def test_a_card_reads_easily(path: Path):
    """The reading ease of a card's passages (Flesch) is between 72 and 95."""
    words = [word for passage in _passages(path) for word in _words(passage)]
    sentences = sum(len(_sentences(passage)) for passage in _passages(path))

    ease = 206.835 - 1.015 * len(words) / sentences - 84.6 * sum(map(_syllables, words)) / len(words)

    assert 72 <= ease <= 95


@EVERY_CARD
def test_a_card_speaks_of_things(path: Path):
    """Of 100 words of a card's passages at most four are abstract nouns, by their endings."""
    words = [word for passage in _passages(path) for word in _words(passage)]

    assert _share(words, _ABSTRACT) <= 4


@EVERY_CARD
def test_a_card_is_cautious_and_does_not_dither(path: Path):
    """Of 100 words of a card's passages 2.0 to 4.5 are hedges."""
    words = [word for passage in _passages(path) for word in _words(passage)]

    assert 2.0 <= _share(words, _HEDGE) <= 4.5


@EVERY_CARD
def test_the_sentences_of_a_card_vary(path: Path):
    """A card's sentences have 11 to 16 words on average and a deviation of six or more."""
    lengths = [len(_words(sentence)) for passage in _passages(path) for sentence in _sentences(passage)]

    assert 11 <= mean(lengths) <= 16
    assert pstdev(lengths) >= 6


@EVERY_CARD
def test_the_sentences_of_a_card_begin_differently(path: Path):
    """No word opens more than a quarter of a card's sentences."""
    openers = Counter(_words(sentence)[0].lower() for passage in _passages(path) for sentence in _sentences(passage))
    word, count = openers.most_common(1)[0]

    assert count <= openers.total() / 4, word


@EVERY_CARD
def test_a_card_is_certain_of_nothing_about_people(path: Path):
    """No passage of a card says will, shall, should, must, always, never or fate."""
    certain = re.compile(r"\b(?:will|shall|should|must|always|never|fate)\b", re.IGNORECASE)

    assert [found[0] for passage in _passages(path) for found in certain.finditer(passage)] == []


@EVERY_CARD
def test_a_card_is_set_plainly(path: Path):
    """A card's text has straight quotes, no dash or semicolon to join sentences, and no digits."""
    odd = re.compile("[\u2018\u2019\u201c\u201d\u2013\u2014;0-9]")

    assert {key: found[0] for key, text in _texts(path).items() if (found := odd.search(text))} == {}


def test_no_two_passages_of_the_deck_share_eight_words():
    """No run of eight words stands in two texts of the deck's cards."""
    texts = [(f"{path.stem} {key}", _runs(text, 8)) for path in FILES for key, text in _texts(path).items()]

    assert _shared(texts) == {}


def test_no_sentence_of_the_deck_is_written_twice():
    """Every sentence of the deck's cards stands there once."""
    texts = [
        (f"{path.stem} {key}", _sentences(text))
        for path in FILES
        for key, text in _texts(path).items()
        if text.endswith((".", "!", "?", '"'))
    ]

    assert _shared(texts) == {}


def test_no_fragment_of_the_deck_is_written_twice():
    """Every phrase by which a passage is taken up later, every title and every other short text stands there once."""
    texts = [
        (f"{path.stem} {key}", [text.lower()])
        for path in FILES
        for key, text in _texts(path).items()
        if not text.endswith((".", "!", "?", '"'))
    ]

    assert _shared(texts) == {}


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_person_as_subject_is_followed_by_a_modal(path: Path):
    """Wherever a person in braces is the subject, a modal follows, which fits "you", a name and "they" alike."""
    faults = {
        key: found[0]
        for key, text in _texts(path).items()
        for found in _PERSON.finditer(text)
        if not _MODAL.match(found["next"])
    }

    assert faults == {}


def test_there_are_persons_as_subjects():
    """Persons in braces are found as subjects, so that the test above tests something."""
    assert any(_PERSON.search(text) for path in FILES for text in _texts(path).values())
