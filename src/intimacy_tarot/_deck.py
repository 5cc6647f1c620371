"""A deck: its cards in order, dealing them, and finding one by what it is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from intimacy_tarot._card_names import find, parse
from intimacy_tarot._errors import DrawError, shown
from intimacy_tarot._models import Card, DrawnCard
from intimacy_tarot._seed import SPAN, Seed, below, words
from intimacy_tarot._source import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_RATE: Final = 0.35


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of a deck in deck order, with the folders where their text is looked up.

    Decks are equal when their manifests say the same.

    >>> import intimacy_tarot as tarot
    >>> deck = tarot.load_deck("major-arcana")
    >>> deck.find("the star").id
    'major_arcana.17'
    """

    id: str
    name: str
    language: str
    cards: tuple[Card, ...]
    digest: str
    folders: tuple[Folder, ...] = field(default=(), compare=False, repr=False)

    def __hash__(self) -> int:
        return hash(self.digest)

    def find(self, name: str) -> Card:
        """Return the card that goes by a name, id, code or numeral: "two of cups", "C2", "XIV".

        Raises CardError, with the nearest guess, if no card does, or if several could.
        """
        return find(self.cards, name)

    def parse(self, name: str) -> DrawnCard:
        """Return the card and its orientation: "2 of cups rx", "Queen of Cups reversed", "XIV".

        Raises CardError, with the nearest guess, if it cannot be read, or could be read in several ways.
        """
        return parse(self.cards, name)

    def deal(self, count: int, *, seed: Seed, reversal_rate: float = DEFAULT_RATE) -> tuple[DrawnCard, ...]:
        """Return the first `count` cards of the deck shuffled by `seed`; the same for ever.

        `reversal_rate` from 0 to 1 is the share of reversed cards. The first cards of a longer deal
        are the cards of a shorter one. Raises DrawError for a count or a rate out of range, and
        SeedTypeError or SeedValueError for a seed that cannot be used.

        >>> import intimacy_tarot as tarot
        >>> [card.name for card in tarot.load_deck("major-arcana").deal(2, seed=42)]
        ['The Sun', 'Wheel of Fortune']
        """
        check_count(count, len(self.cards))
        order = shuffled(len(self.cards), count, seed)
        flags = turned(count, seed, check_rate(reversal_rate))
        return tuple(DrawnCard(self.cards[place], flag) for place, flag in zip(order, flags, strict=True))


def check_count(count: int, size: int) -> None:
    """Raise DrawError unless `count` cards can be dealt from a deck of `size`."""
    asked: object = count
    if isinstance(asked, bool) or not isinstance(asked, int) or not 1 <= asked <= size:
        raise DrawError(f"found {shown(count)} cards to deal, expected 1 to {size}")


def check_rate(rate: float) -> float:
    """Return a reversal rate; raises DrawError unless it is a number from 0 to 1."""
    asked: object = rate
    if isinstance(asked, bool) or not isinstance(asked, (int, float)) or not 0 <= asked <= 1:
        raise DrawError(f"found the reversal rate {shown(rate)}, expected a number from 0 to 1")
    return float(rate)


def shuffled(size: int, count: int, seed: Seed) -> list[int]:
    """Return the first `count` places of `size` shuffled by a seed."""
    return swapped(size, count, words(seed, "cards"))


def swapped(size: int, count: int, stream: Iterator[int], span: int = SPAN) -> list[int]:
    """Return the first `count` places of `size` shuffled by a stream of words: Fisher-Yates from the front."""
    places = list(range(size))
    for here in range(count):
        there = here + below(stream, size - here, span)
        places[here], places[there] = places[there], places[here]
    return places[:count]


def turned(count: int, seed: Seed, rate: float) -> list[bool]:
    """Return for each position whether its card is reversed."""
    stream = words(seed, "reversed")
    limit = int(rate * SPAN)
    return [next(stream) < limit for _ in range(count)]
