"""Whether a saved reading is what its seed and its options give: the cards, and the words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from intimacy_tarot import _record
from intimacy_tarot._convert import head_of
from intimacy_tarot._draw import Draw, draw, lay
from intimacy_tarot._errors import CardError, DrawError, TarotError
from intimacy_tarot._interpret import interpret
from intimacy_tarot._library import load_deck
from intimacy_tarot._reading import Reading
from intimacy_tarot._seed import ALGORITHM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intimacy_tarot._seed import Seed

MOST_DIFFERENCES: Final = 20


class Finding(StrEnum):
    """What was found of a part of a reading: it is the same, it is changed, or it cannot be told."""

    SAME = "same"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found of a saved reading, its cards and its words, and where it differs.

    `differences` say, part by part, what is otherwise or why it cannot be told; they repeat nothing that a person
    typed.
    """

    cards: Finding
    words: Finding
    differences: tuple[str, ...] = ()

    @property
    def altered(self) -> bool:
        """Whether the cards or the words are other than the record's own seed and options give."""
        return Finding.CHANGED in (self.cards, self.words)

    def __str__(self) -> str:
        return "\n".join((f"cards: {self.cards}", f"words: {self.words}", *self.differences))


def verify(record: Reading | dict[str, Any] | str) -> Verification:
    """Return whether a saved reading is what it says: its cards drawn again, and its words composed again.

    `record` is a reading, what `to_dict` gave, or what `to_json` gave, with its private parts or without.
    Cards are unknown where they were laid by hand, or where the spread or the deck is not one of the
    package's. Words are unknown where the private parts are missing, or where they are of another
    version of the content. Raises RecordError for what is no saved reading.

    >>> import intimacy_tarot as tarot
    >>> print(verify(tarot.read("one-card", seed=7)))
    cards: same
    words: same
    """
    data = record.to_dict() if isinstance(record, Reading) else _record.parsed(record)
    if data.get("private") is False:
        return _public(data)
    reading = record if isinstance(record, Reading) else _record.read_whole(data, Reading)
    cards, again, found = _cards(reading.draw)
    if again is None:
        return Verification(cards, Finding.UNKNOWN, tuple(found))
    words, more = _words(reading, again)
    return Verification(cards, words, tuple([*found, *more][:MOST_DIFFERENCES]))


def _public(data: dict[str, Any]) -> Verification:
    """Return what can be told of a record without its private parts: its cards, and what follows from them."""
    recorded = _record.read_draw(data)
    cards, again, found = _cards(recorded)
    if again is not None and cards is not Finding.CHANGED:
        expected = _record.public(interpret(again, show_themes=data.get("show_themes") is not False))
        if expected["content"] == data.get("content"):
            more = list(_differences(data, expected))
            found += more
            cards = Finding.CHANGED if more else cards
        else:
            found.append("content: the facts are of another content version")
    return Verification(cards, Finding.UNKNOWN, (*found[:MOST_DIFFERENCES], "the private parts are missing"))


def _cards(recorded: Draw) -> tuple[Finding, Draw | None, list[str]]:
    """Return what is found of the cards, the draw to compose words from, and what differs."""
    if recorded.algorithm != ALGORITHM:
        return Finding.UNKNOWN, None, [f"draw.algorithm: found {recorded.algorithm!r}, expected {ALGORITHM!r}"]
    try:
        again = _laid(recorded) if recorded.seed is None else _drawn(recorded, recorded.seed)
    except (CardError, DrawError) as error:
        return Finding.CHANGED, None, [f"draw: {error}"]
    except TarotError as error:
        return Finding.UNKNOWN, None, [f"the cards cannot be drawn again: {error}"]
    if recorded.positions != again.positions:
        return Finding.CHANGED, again, [f"draw.positions: found {recorded.positions}, expected {again.positions}"]
    if len(recorded.cards) != len(again.cards):
        count = f"found {len(recorded.cards)} cards, expected {len(again.cards)}"
        return Finding.CHANGED, again, [f"draw.cards: {count}"]
    if recorded.seed is None:
        return Finding.UNKNOWN, again, ["the cards were laid by hand"]
    found = [
        f"draw.cards[{at}]: found {card.name}, expected {expected.name}"
        for at, (card, expected) in enumerate(zip(recorded.cards, again.cards, strict=True))
        if (card.card.id, card.reversed) != (expected.card.id, expected.reversed)
    ]
    return (Finding.CHANGED if found else Finding.SAME), again, found


def _drawn(recorded: Draw, seed: Seed) -> Draw:
    return draw(recorded.spread, seed=seed, deck=recorded.deck, reversal_rate=recorded.reversal_rate or 0.0)


def _laid(recorded: Draw) -> Draw:
    """Return cards that were laid by hand as their deck has them, whatever else the record says of them."""
    known = {card.id: card for card in load_deck(recorded.deck).cards}
    cards = [replace(card, card=known.get(card.card.id, card.card)) for card in recorded.cards]
    return lay(recorded.spread, cards, deck=recorded.deck)


def _words(reading: Reading, again: Draw) -> tuple[Finding, list[str]]:
    """Return what is found of the words, composed again from the draw that the seed gives."""
    expected = interpret(
        again,
        seed=reading.seed,
        question=reading.asked,
        reader=reading.reader,
        partner=reading.partner,
        avoid=reading.avoid,
        support_text=reading.support_text,
        show_themes=reading.show_themes,
    )
    if expected.content.version != reading.content.version or expected.content.digest != reading.content.digest:
        told = f"found {reading.content.version} {reading.content.digest[:8]}"
        own = f"expected {expected.content.version} {expected.content.digest[:8]}"
        return Finding.UNKNOWN, [f"content: {told}, {own}: the words are of another content version"]
    found = list(_differences(reading.to_dict(), expected.to_dict()))
    return (Finding.CHANGED if found else Finding.SAME), found


def _differences(found: Any, expected: Any, path: str = "") -> Iterator[str]:
    """Yield where two pieces of plain data differ, by path."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in {**expected, **found}:
            yield from _differences(found.get(key), expected.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for at, (one, other) in enumerate(zip(found, expected, strict=True)):
            yield from _differences(one, other, f"{path}[{at}]")
    elif found != expected:
        public = head_of(path) in _record.PUBLIC
        yield f"{path}: found {_shown(found)}, expected {_shown(expected)}" if public else f"{path}: found otherwise"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
