"""What can be measured of the authored text without reading it: plainness, rhythm, caution, and nothing said twice.

The bands are editorial ones. They are measured card by card, over the passages of both orientations, with every name
in braces read as "you".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from statistics import mean, pstdev
from typing import TYPE_CHECKING, Any

import pytest
from packaged_text import CARDS, DECK, PACKAGED, ROLES, ROOT, passages_of, sentences_of, texts_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

pytestmark = pytest.mark.at_length

EVERY_CARD = pytest.mark.parametrize("path", CARDS, ids=lambda path: path.relative_to(DECK).with_suffix("").as_posix())

_ABSTRACT = re.compile(r"(?:tion|ness|ment|ity|ance|ence|ism)s?\Z", re.IGNORECASE)
_HEDGE = re.compile(
    r"(?:may|might|could|can|would|perhaps|seems?|suggests?|invites?|likely|possibly|maybe)\Z", re.IGNORECASE
)
_PERSON = re.compile(r"\{\{-? *(?:P|partner)\.[Ss]ubj\b[^}]*\}\}(?P<next>\s*\S*)")
_MODAL = re.compile(r"\s(?:may|might|can|could|would)\b")


def _syllables(word: str) -> int:
    """Return the runs of vowels, one fewer for a silent e at the end ("stone", not "table"), and at least one."""
    plain = word.lower().removesuffix("'s")
    runs = len(re.findall(r"[aeiouy]+", plain))
    silent = runs > 1 and plain.endswith("e") and not plain.endswith("le")
    return max(1, runs - silent)


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = [word.lower() for word in words_of(text)]
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


def _words_of_card(path: Path) -> list[str]:
    return [word for passage in passages_of(path) for word in words_of(passage)]


def _sentences_of_card(path: Path) -> list[str]:
    return [sentence for passage in passages_of(path) for sentence in sentences_of(passage)]


def _ease(path: Path) -> float:
    """Return the reading ease of a card's passages (Flesch)."""
    words = _words_of_card(path)
    syllables = sum(map(_syllables, words)) / len(words)
    return 206.835 - 1.015 * len(words) / len(_sentences_of_card(path)) - 84.6 * syllables


def _lengths(path: Path) -> list[int]:
    return [len(words_of(sentence)) for sentence in _sentences_of_card(path)]


def _openers(path: Path) -> Counter[str]:
    return Counter(words_of(sentence)[0].lower() for sentence in _sentences_of_card(path))


MEASURES: dict[str, Callable[[Path], float]] = {
    "reading ease": _ease,
    "abstract nouns per 100 words": lambda path: _share(_words_of_card(path), _ABSTRACT),
    "hedges per 100 words": lambda path: _share(_words_of_card(path), _HEDGE),
    "words per sentence": lambda path: mean(_lengths(path)),
    "deviation of sentence length": lambda path: pstdev(_lengths(path)),
    "most frequent opener, percent": lambda path: 100 * max(_openers(path).values()) / _openers(path).total(),
}
"""What is measured of a card, by its name."""

BANDS = {
    "reading ease": (72, 95),
    "abstract nouns per 100 words": (0, 4),
    "hedges per 100 words": (2.0, 5.0),
    "words per sentence": (11, 16),
    "deviation of sentence length": (5.5, 100),
    "most frequent opener, percent": (0, 25),
}
"""The least and the most that each may come to."""


def test_there_are_texts_to_measure():
    """The files of the Major Arcana are found, so that the tests below measure something."""
    assert len(CARDS) >= 22
    assert all(len(passages_of(path)) == 2 * len(ROLES) for path in CARDS)


@pytest.mark.parametrize(
    ("word", "count"),
    [("stone", 1), ("table", 2), ("lantern", 2), ("the", 1), ("remember", 3), ("nobody's", 3), ("hmm", 1), ("be", 1)],
)
def test_syllables_are_counted_simply(word: str, count: int):
    """The counter gives what a reader would, for words of every kind that it tells apart."""
    assert _syllables(word) == count


def test_sentences_are_told_apart():
    """A quoted sentence, a question and a plain one count as three."""
    assert len(sentences_of('Say "not tonight." Would that do? {{ P.Subj }} may nod.')) == 3


@EVERY_CARD
@pytest.mark.parametrize("name", MEASURES)
def test_a_card_keeps_within_the_bands(name: str, path: Path):
    """A card reads easily, speaks of things, is cautious and does not dither, varies its sentences and their starts."""
    least, most = BANDS[name]

    assert least <= MEASURES[name](path) <= most


@EVERY_CARD
def test_a_card_is_certain_of_nothing_about_people(path: Path):
    """No passage of a card says will, shall, should, must, always, never or fate."""
    certain = re.compile(r"\b(?:will|shall|should|must|always|never|fate)\b", re.IGNORECASE)

    assert [found[0] for passage in passages_of(path) for found in certain.finditer(passage)] == []


@EVERY_CARD
def test_a_card_is_set_plainly(path: Path):
    """A card's text has straight quotes, no dash or semicolon to join sentences, and no digits."""
    odd = re.compile("[\u2018\u2019\u201c\u201d\u2013\u2014;0-9]")

    assert {key: found[0] for key, text in texts_of(path).items() if (found := odd.search(text))} == {}


SHORT_ANSWER = 3
"""A spoken "Not yet" is anyone's."""


def test_no_two_passages_of_the_deck_share_eight_words():
    """No run of eight words stands in two texts of the deck's cards, but where a card leans by its own passage."""
    texts = [(f"{path.stem} {key}", _runs(text, 8)) for path in CARDS for key, text in texts_of(path).items()]

    assert {run: where for run, where in _shared(texts).items() if not _taken_up(where)} == {}


def _taken_up(where):
    """Whether of two texts of one entry the one takes up the other to lean on another card."""
    entries = {tuple(address.split(".")[:1]) for address in where}
    return len(where) == 2 and len(entries) == 1 and sum(".leans." in address for address in where) == 1


def test_no_sentence_of_the_deck_is_written_twice():
    """Every sentence of the deck's cards stands there once, but for spoken answers of a word or two."""
    texts = [
        (f"{path.stem} {key}", [said for said in sentences_of(text) if len(said.split()) > SHORT_ANSWER])
        for path in CARDS
        for key, text in texts_of(path).items()
        if text.endswith((".", "!", "?", '"'))
    ]

    assert _shared(texts) == {}


def test_no_fragment_of_the_deck_is_written_twice():
    """Every phrase by which a passage is taken up later, every title and every other short text stands there once."""
    texts = [
        (f"{path.stem} {key}", [text.lower()])
        for path in CARDS
        for key, text in texts_of(path).items()
        if not text.endswith((".", "!", "?", '"'))
    ]

    assert _shared(texts) == {}


@pytest.mark.parametrize("path", PACKAGED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_person_as_subject_is_followed_by_a_modal(path: Path):
    """Wherever a person in braces is the subject, a modal follows, which fits "you", a name and "they" alike."""
    faults = {
        key: found[0]
        for key, text in texts_of(path).items()
        for found in _PERSON.finditer(text)
        if not _MODAL.match(found["next"])
    }

    assert faults == {}


def test_there_are_persons_as_subjects():
    """Persons in braces are found as subjects, so that the test above tests something."""
    assert any(_PERSON.search(text) for path in CARDS for text in texts_of(path).values())


FRAGMENTS = {"past", "stance", "air", "wish", "snag", "gift", "move", "handle"}
_SLOT = re.compile(rf"\{{\{{ *\w+\.({'|'.join(FRAGMENTS)})[^}}]*\}}\}} (\w+)")


def test_no_fragment_doubles_the_word_that_follows_its_slot():
    """Wherever a spread goes on right after a fragment, no card's fragment ends in the word that follows."""
    ends = {
        (field, words_of(text)[-1].lower()): path.stem
        for path in CARDS
        for key, text in texts_of(path).items()
        if (field := key.partition(".")[2]) in FRAGMENTS
    }
    doubled = [
        (path.stem, key, slot[0], ends[slot[1], slot[2].lower()])
        for path in sorted((ROOT / "spreads").glob("*.yaml"))
        for key, text in texts_of(path).items()
        for slot in _SLOT.finditer(text)
        if (slot[1], slot[2].lower()) in ends
    ]

    assert doubled == []


_PLACE = re.compile(r"\b(\w+) \{\{ *(?:first|second|earlier|later)\.at *\}\}")


@pytest.mark.parametrize("name", ["pairs", "motifs"])
def test_no_place_follows_a_word_that_it_brings_itself(name: str):
    """A place begins with its own "at", "in" or "by", so that none stands before it where two cards are linked."""
    brought = {
        text.split()[0].lower()
        for path in (ROOT / "spreads").glob("*.yaml")
        for key, text in texts_of(path).items()
        if key.endswith(".at")
    } - {"down"}
    faults = {
        key: found[0]
        for key, text in texts_of(DECK / f"{name}.yaml").items()
        for found in _PLACE.finditer(text)
        if found[1].lower() in brought
    }

    assert brought >= {"at", "in", "on"}
    assert faults == {}
