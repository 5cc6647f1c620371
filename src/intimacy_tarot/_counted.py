"""What a reader counts on the table: majors, suits, numbers, courts, reversals, and what two places share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from intimacy_tarot import _odds
from intimacy_tarot._deck import Deck
from intimacy_tarot._models import DrawnCard, Element, Role, ThemeId
from intimacy_tarot._spread import Owner, Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from intimacy_tarot._models import Card

CONTRARY: Final = {
    Element.FIRE: Element.WATER,
    Element.WATER: Element.FIRE,
    Element.AIR: Element.EARTH,
    Element.EARTH: Element.AIR,
}
"""Elements that hinder each other, in the Golden Dawn's dignities as they are mostly used now."""

NUMBERS: Final = range(1, 11)
"""The numbers that are compared: those of the pips, and of the majors from I to X."""


class Counted(StrEnum):
    """The kinds of pattern, a closed set: what is counted."""

    MAJORS_MANY = "majors_many"
    MAJORS_NONE = "majors_none"
    SUIT_MANY = "suit_many"
    ELEMENT_MANY = "element_many"
    ELEMENTS_ABSENT = "elements_absent"
    COURTS_MANY = "courts_many"
    SAME_COURT = "same_court"
    NUMBER_REPEAT = "number_repeat"
    REVERSALS_MANY = "reversals_many"
    REVERSALS_NONE = "reversals_none"
    FLANKED_CONTRARY = "flanked_contrary"
    PARTNERS_SAME_SUIT = "partners_same_suit"
    PARTNERS_SAME_RANK = "partners_same_rank"
    REMEDY_NAMED = "remedy_named"
    SAME_ROAD = "same_road"
    RING = "ring"


@dataclass(frozen=True, slots=True)
class Odds:
    """How often at least this much is seen: what was counted, its count, and its chance, exact or estimated.

    `of` is the suit, element, rank, number or theme that it is about, where it is about one; `positions`
    are where it is seen.
    """

    what: Counted
    count: int
    chance: float
    exact: bool = True
    of: str | None = None
    positions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The cards that were drawn, where they lie, and what they were drawn from."""

    positions: tuple[Position, ...]
    cards: tuple[DrawnCard, ...]
    deck: Deck
    rate: float
    """The chance with which each card was turned, or would usually have been."""
    turned: bool
    """Whether the cards were turned by chance; those laid by hand were not."""

    def where(self, test: Callable[[DrawnCard], bool]) -> tuple[str, ...]:
        """Return the positions of the cards that pass a test."""
        return tuple(p.id for p, card in zip(self.positions, self.cards, strict=True) if test(card))

    def first(self, role: Role, owner: Owner | None = None) -> tuple[str, DrawnCard] | None:
        """Return the first position of a role, and of an owner if one is given, with its card."""
        for position, card in zip(self.positions, self.cards, strict=True):
            if position.role is role and owner in (None, position.owner):
                return position.id, card
        return None


def counted(table: Table) -> Iterator[Odds]:
    """Yield what can be counted on a table, each with its chance; nothing is yielded that the deck does not know."""
    for odds in _counted(table):
        yield replace(odds, chance=round(odds.chance, 6))


def _counted(table: Table) -> Iterator[Odds]:
    yield from _majors(table)
    yield from _most(table, Counted.SUIT_MANY, "suit")
    yield from _most(table, Counted.ELEMENT_MANY, "element")
    yield from _absent(table)
    yield from _courts(table)
    yield from _most(table, Counted.NUMBER_REPEAT, "number")
    if table.turned:
        yield from _reversals(table)
    yield from _flanked(table)
    yield from _partners(table)
    yield from _roads(table)


def _majors(table: Table) -> Iterator[Odds]:
    majors, size, drawn = _groups(table.deck, "major").get("major", 0), len(table.deck.cards), len(table.cards)
    if not 0 < majors < size:
        return
    where = table.where(lambda card: card.card.suit is None)
    if where:
        yield Odds(Counted.MAJORS_MANY, len(where), _odds.marked(len(where), drawn, majors, size), positions=where)
    else:
        yield Odds(Counted.MAJORS_NONE, 0, 1 - _odds.marked(1, drawn, majors, size))


def _most(table: Table, what: Counted, trait: str) -> Iterator[Odds]:
    groups = _groups(table.deck, trait)
    here = Counter(TRAITS[trait](card.card) for card in table.cards)
    here.pop(None, None)
    if len(groups) < 2 or not here:
        return
    of, count = here.most_common(1)[0]
    if count > 1:
        chance = _odds.most_of_any(count, len(table.cards), tuple(groups.values()), len(table.deck.cards))
        where = table.where(lambda card: TRAITS[trait](card.card) == of)
        yield Odds(what, count, chance, of=of, positions=where)


def _absent(table: Table) -> Iterator[Odds]:
    groups = _groups(table.deck, "element")
    gone = set(groups) - {TRAITS["element"](card.card) for card in table.cards}
    if len(groups) > 1 and gone:
        chance = _odds.missing(len(gone), len(table.cards), tuple(groups.values()), len(table.deck.cards))
        yield Odds(Counted.ELEMENTS_ABSENT, len(gone), chance, of=" ".join(sorted(map(str, gone))))


def _courts(table: Table) -> Iterator[Odds]:
    groups = _groups(table.deck, "court")
    where = table.where(lambda card: TRAITS["court"](card.card) is not None)
    if groups and where:
        size, drawn = len(table.deck.cards), len(table.cards)
        chance = _odds.marked(len(where), drawn, sum(groups.values()), size)
        yield Odds(Counted.COURTS_MANY, len(where), chance, positions=where)
        yield from _most(table, Counted.SAME_COURT, "court")


def _reversals(table: Table) -> Iterator[Odds]:
    where, drawn = table.where(lambda card: card.reversed), len(table.cards)
    if where:
        chance = _odds.turned(len(where), drawn, table.rate)
        yield Odds(Counted.REVERSALS_MANY, len(where), chance, positions=where)
    else:
        yield Odds(Counted.REVERSALS_NONE, 0, (1 - table.rate) ** drawn)


def _flanked(table: Table) -> Iterator[Odds]:
    """Yield the cards that have to speak up between contrary ones; beyond six cards they are not counted."""
    groups = _groups(table.deck, "element")
    if len(table.cards) > _odds.MOST_ARRANGED or len(groups) < 2:
        return
    order = list(groups)
    beside = tuple(neighbors(table.positions, position) for position in table.positions)
    contrary = tuple(
        tuple(n for n, other in enumerate(order) if CONTRARY[Element(element)] == other) for element in order
    )
    row = [order.index(str(card.card.element)) if card.card.element else len(order) for card in table.cards]
    where = tuple(
        position.id
        for position, found in zip(table.positions, _odds.flanked_at(row, beside, contrary), strict=True)
        if found
    )
    if where:
        chance = _odds.flanked(len(where), beside, contrary, tuple(groups.values()), len(table.deck.cards))
        yield Odds(Counted.FLANKED_CONTRARY, len(where), chance, positions=where)


def _partners(table: Table) -> Iterator[Odds]:
    pair = table.first(Role.PERSON, Owner.SELF), table.first(Role.PERSON, Owner.PARTNER)
    yield from _shared(table, Counted.PARTNERS_SAME_SUIT, "suit", *pair)
    yield from _shared(table, Counted.PARTNERS_SAME_RANK, "rank", *pair)


def _roads(table: Table) -> Iterator[Odds]:
    hindrance, counsel = table.first(Role.OBSTACLE), table.first(Role.COUNSEL)
    yield from _themed(table, Counted.REMEDY_NAMED, hindrance, counsel)
    yield from _shared(table, Counted.SAME_ROAD, "suit", hindrance, counsel)
    ends = tuple((table.positions[n].id, table.cards[n]) for n in (0, -1))
    if len(table.cards) > 1 and ends != (hindrance, counsel):
        yield from _themed(table, Counted.RING, *ends)


def _shared(
    table: Table, what: Counted, trait: str, one: tuple[str, DrawnCard] | None, other: tuple[str, DrawnCard] | None
) -> Iterator[Odds]:
    groups = _groups(table.deck, trait)
    if one is None or other is None or len(groups) < 2:
        return
    of = TRAITS[trait](one[1].card)
    if of is not None and of == TRAITS[trait](other[1].card):
        chance = _odds.alike(tuple(groups.values()), len(table.deck.cards))
        yield Odds(what, 2, chance, of=of, positions=(one[0], other[0]))


def _themed(
    table: Table, what: Counted, one: tuple[str, DrawnCard] | None, other: tuple[str, DrawnCard] | None
) -> Iterator[Odds]:
    if one is not None and other is not None and one[1].meaning.theme is other[1].meaning.theme:
        chance = _same_theme(table.deck, table.rate)
        yield Odds(what, 2, chance, of=one[1].meaning.theme.value, positions=(one[0], other[0]))


@lru_cache(maxsize=64)
def _same_theme(deck: Deck, rate: float) -> float:
    shares = [
        [(1 - rate) * (card.upright.theme is theme) + rate * (card.reversed.theme is theme) for card in deck.cards]
        for theme in ThemeId
    ]
    return _odds.alike_by_chance(shares)


TRAITS: Final[dict[str, Callable[[Card], str | None]]] = {
    "major": lambda card: "major" if card.suit is None else None,
    "suit": lambda card: card.suit and card.suit.value,
    "rank": lambda card: card.rank and card.rank.value,
    "court": lambda card: card.rank.value if card.rank and card.rank.court else None,
    "element": lambda card: card.element and card.element.value,
    "number": lambda card: str(card.number) if card.number in NUMBERS else None,
}
"""What cards can have in common, by name."""


@lru_cache(maxsize=128)
def _groups(deck: Deck, trait: str) -> dict[str, int]:
    """Return how many cards of a deck have each value of a trait."""
    found = Counter(TRAITS[trait](card) for card in deck.cards)
    return {value: count for value, count in found.items() if value is not None}


def neighbors(positions: Sequence[Position], here: Position) -> tuple[int, ...]:
    """Return the numbers of the positions beside one on the grid, and of the one across it."""
    return tuple(
        number
        for number, other in enumerate(positions)
        if other is not here and abs(other.cell[0] - here.cell[0]) + abs(other.cell[1] - here.cell[1]) <= 1
    )
