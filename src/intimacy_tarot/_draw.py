"""Drawing cards for a spread, and laying cards that were pulled by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from intimacy_tarot._card_names import parse
from intimacy_tarot._deck import DEFAULT_RATE, Deck, check_count, check_rate
from intimacy_tarot._errors import CardError, DrawError
from intimacy_tarot._library import load_deck, load_spread
from intimacy_tarot._models import DrawnCard
from intimacy_tarot._seed import ALGORITHM, Seed, Tagged, fresh_seed
from intimacy_tarot._spread import Spread

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

DEFAULT_DECK = "rider-waite-smith"


@dataclass(frozen=True, slots=True)
class Draw:
    """Cards on the positions of a spread, in order, and what is needed to draw them again.

    `seed` and `reversal_rate` are None for cards laid by hand. `spread` and `deck` are ids.

    >>> drawn = draw("one-card", seed=7)
    >>> drawn.spread, drawn.positions, drawn.loaded()[0].name
    ('one-card', ('lamp',), 'One Lamp')
    """

    spread: str
    deck: str
    positions: tuple[str, ...]
    cards: tuple[DrawnCard, ...]
    seed: Annotated[Seed | None, Tagged()] = None
    reversal_rate: float | None = None
    algorithm: str = ALGORITHM
    content: tuple[Spread, Deck] | None = field(default=None, compare=False, repr=False, metadata={"recorded": False})

    def loaded(self) -> tuple[Spread, Deck]:
        """Return the spread and the deck themselves, looked up by id where they are not at hand.

        Raises UnknownIdError where there is none, and DrawError where the positions are not the spread's or the
        cards not the deck's, one for each.
        """
        spread, deck = self.content or (load_spread(self.spread), load_deck(self.deck))
        places, known = _places(spread), {card.id for card in deck.cards}
        if self.positions != places:
            raise DrawError(f"found other positions than those of {spread.name}, expected {', '.join(places)}")
        if len(self.cards) != len(places):
            raise DrawError(f"found {len(self.cards)} cards, expected {len(places)} for {spread.name}")
        strange = [at for at, card in zip(places, self.cards, strict=True) if card.card.id not in known]
        if strange:
            raise DrawError(f"found no card of {deck.name} at {', '.join(strange)}, expected one")
        return spread, deck

    def __str__(self) -> str:
        return "\n".join(f"{place}: {card}" for place, card in zip(self.positions, self.cards, strict=True))


def draw(
    spread: str | os.PathLike[str],
    *,
    seed: Seed | None = None,
    deck: str | os.PathLike[str] = DEFAULT_DECK,
    reversal_rate: float = DEFAULT_RATE,
) -> Draw:
    """Return cards for a spread: the same seed gives the same cards for ever.

    Without a seed a fresh one of 128 bits is made and kept in the draw. Raises UnknownIdError,
    ContentError, DrawError, SeedTypeError or SeedValueError.

    >>> print(draw("one-card", seed="a quiet evening"))
    lamp: Wheel of Fortune
    """
    return _drawn(load_spread(spread), load_deck(deck), fresh_seed() if seed is None else seed, reversal_rate)


def _drawn(spread: Spread, deck: Deck, seed: Seed, rate: float) -> Draw:
    rate = check_rate(rate)
    cards = deck.deal(len(spread.positions), seed=seed, reversal_rate=rate)
    return Draw(spread.id, deck.id, _places(spread), cards, seed, rate, ALGORITHM, (spread, deck))


def lay(
    spread: str | os.PathLike[str],
    cards: Sequence[str | DrawnCard],
    *,
    deck: str | os.PathLike[str] = DEFAULT_DECK,
) -> Draw:
    """Return cards pulled by hand, on the positions of a spread in order.

    Each card is a DrawnCard or a text such as "Six of Cups", "XIV" or "C2 rx". Raises CardError for
    a text that cannot be read or a card laid twice, and DrawError for too many cards or too few.

    >>> print(lay("one-card", ["the hermit, reversed"]))
    lamp: The Hermit, reversed
    """
    pulled, chosen = load_spread(spread), load_deck(deck)
    check_count(len(pulled.positions), len(chosen.cards))
    if isinstance(cards, str) or len(cards) != len(pulled.positions):
        found = "a single text" if isinstance(cards, str) else f"{len(cards)} cards"
        raise DrawError(f"found {found}, expected {len(pulled.positions)} for {pulled.name}")
    laid = tuple(_laid(chosen, card) for card in cards)
    counts = Counter(card.card.id for card in laid)
    twice = next((card.card.name for card in laid if counts[card.card.id] > 1), None)
    if twice:
        raise CardError(f"found {twice} twice, expected each card once")
    return Draw(pulled.id, chosen.id, _places(pulled), laid, content=(pulled, chosen))


def _laid(deck: Deck, card: str | DrawnCard) -> DrawnCard:
    if not isinstance(card, DrawnCard):
        return parse(deck.cards, card)
    if card.card not in deck.cards:
        raise CardError(f"found {card.card.name}, expected a card of {deck.name}")
    return card


def _places(spread: Spread) -> tuple[str, ...]:
    return tuple(position.id for position in spread.positions)
