"""What is true of a draw, before anything is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import comb
from typing import TYPE_CHECKING, Final

from intimacy_tarot._counted import Odds, Table, counted, neighbors
from intimacy_tarot._library import pictures
from intimacy_tarot._models import DrawnCard, Polarity, Role, ThemeId, Voice
from intimacy_tarot._pictures import Axis, MotifsFile, PairsFile, Pattern, PicturesFile, Side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intimacy_tarot._deck import Deck
    from intimacy_tarot._draw import Draw
    from intimacy_tarot._spread import Spread

WEIGHTS: Final = {
    Role.GROUND: 1.2,
    Role.OBSTACLE: 1.2,
    Role.NEED: 1.1,
    Role.BETWEEN: 1.0,
    Role.COUNSEL: 1.0,
    Role.PERSON: 0.9,
    Role.STRENGTH: 0.8,
}
"""How much a card at each role says about which theme leads."""

SECONDARY: Final = 0.35
USUAL_RATE: Final = 0.35
"""The reversal rate assumed for what to expect of cards that were laid by hand."""


@dataclass(frozen=True, slots=True)
class ThemeFact:
    """How a theme stands in a draw: its score, how far from expected, and where it is primary."""

    theme: ThemeId
    score: float
    z: float
    light: tuple[str, ...]
    shadow: tuple[str, ...]

    @property
    def positions(self) -> int:
        """On how many cards the theme is primary."""
        return len(self.light) + len(self.shadow)


@dataclass(frozen=True, slots=True)
class AxisFact:
    """How the pictures of a draw fall on an axis.

    `side` is the side of the odd cards in `one` and `few`, the shared side in `same`, the last in
    `turn`. `odd` are their positions. `chance` is the exact chance of this many open sides.
    """

    axis: Axis
    pattern: Pattern
    side: Side
    seen: tuple[str, ...]
    odd: tuple[str, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class Link:
    """Two or more positions whose pictures share something: a listed pair, a motif or a family."""

    id: str
    positions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a draw: counts, odds, themes, voices, and what its pictures share.

    >>> import intimacy_tarot as tarot
    >>> facts = tarot.read("emotional-block", seed=7).facts
    >>> facts.reversed, facts.theme("repair").light
    (3, ('first_stone',))
    """

    majors: int
    reversed: int
    voices: tuple[Voice, ...]
    odds: tuple[Odds, ...]
    themes: tuple[ThemeFact, ...]
    axes: tuple[AxisFact, ...]
    pairs: tuple[Link, ...]
    motifs: tuple[Link, ...]
    families: tuple[Link, ...]

    def theme(self, which: ThemeId | str) -> ThemeFact:
        """Return how a theme stands, by its id: "trust"."""
        return next(fact for fact in self.themes if fact.theme == which)


def facts_of(draw: Draw) -> Facts:
    """Return the facts of a draw."""
    spread, deck = draw.loaded()
    voices = voices_of(spread, draw.cards)
    rate = USUAL_RATE if draw.reversal_rate is None else draw.reversal_rate
    table = Table(spread.positions, draw.cards, deck, rate, draw.reversal_rate is not None)
    return Facts(
        majors=sum(card.card.suit is None for card in draw.cards),
        reversed=sum(card.reversed for card in draw.cards),
        voices=voices,
        odds=tuple(counted(table)),
        themes=_themes(spread, deck, draw.cards, voices, rate),
        axes=_axes(deck, draw),
        pairs=_pairs(deck, draw),
        motifs=_motifs(deck, draw),
        families=_families(deck, draw),
    )


def voices_of(spread: Spread, cards: Sequence[DrawnCard]) -> tuple[Voice, ...]:
    """Return the voice in which each card speaks at its position.

    An obstacle speaks in shadow, a strength and a counsel in light; elsewhere a card keeps its base,
    and a mixed one speaks in shadow where its neighbors on the table are mostly light, else in light.
    """
    bases = [card.meaning.polarity for card in cards]
    return tuple(
        _voice(position.role, base, [bases[n] for n in neighbors(spread.positions, position)])
        for position, base in zip(spread.positions, bases, strict=True)
    )


def _voice(role: Role, base: Polarity, around: list[Polarity]) -> Voice:
    if role is Role.OBSTACLE:
        return Voice.SHADOW
    if role in (Role.STRENGTH, Role.COUNSEL):
        return Voice.LIGHT
    if base is Polarity.MIXED:
        light = around.count(Polarity.LIGHT)
        return Voice.SHADOW if light > len(around) - light else Voice.LIGHT
    return Voice(base.value)


def _themes(
    spread: Spread, deck: Deck, cards: Sequence[DrawnCard], voices: Sequence[Voice], rate: float
) -> tuple[ThemeFact, ...]:
    weights = [WEIGHTS[position.role] for position in spread.positions]
    found = []
    for theme in ThemeId:
        score = sum(weight * _share(card, theme) for weight, card in zip(weights, cards, strict=True))
        mean, deviation = expected(deck, tuple(weights), rate, theme)
        where = {
            voice: tuple(
                position.id
                for position, card, said in zip(spread.positions, cards, voices, strict=True)
                if card.meaning.theme is theme and said is voice
            )
            for voice in Voice
        }
        z = (score - mean) / deviation if deviation else 0.0
        found.append(ThemeFact(theme, round(score, 6), round(z, 6), where[Voice.LIGHT], where[Voice.SHADOW]))
    return tuple(found)


def _share(card: DrawnCard, theme: ThemeId) -> float:
    primary, secondary = card.meaning.themes
    return 1.0 if primary is theme else SECONDARY if secondary is theme else 0.0


@lru_cache(maxsize=256)
def expected(deck: Deck, weights: tuple[float, ...], rate: float, theme: ThemeId) -> tuple[float, float]:
    """Return the mean and the deviation of a theme's score, counted over the deck.

    Cards are drawn without replacement and turned independently at `rate`.
    """
    shares = [(_share(DrawnCard(card), theme), _share(DrawnCard(card, reversed=True), theme)) for card in deck.cards]
    means = [(1 - rate) * up + rate * down for up, down in shares]
    count, total = len(means), sum(means)
    mean = total / count
    square = sum((1 - rate) * up**2 + rate * down**2 for up, down in shares) / count
    between = (total**2 - sum(m * m for m in means)) / (count * (count - 1)) - mean**2 if count > 1 else 0.0
    ones, squares = sum(weights), sum(weight**2 for weight in weights)
    variance = squares * (square - mean**2) + (ones**2 - squares) * between
    return ones * mean, max(variance, 0.0) ** 0.5


def _axes(deck: Deck, draw: Draw) -> tuple[AxisFact, ...]:
    read = pictures(deck, "pictures.yaml", PicturesFile)
    if read is None:
        return ()
    sights = {sight.id: sight for sight in read.content.cards}
    found = []
    for axis in Axis:
        sides = [
            (place, sights[card.card.id].of(axis).side)
            for place, card in zip(draw.positions, draw.cards, strict=True)
            if card.card.id in sights and sights[card.card.id].of(axis).side is not Side.NONE
        ]
        whole = [sights[card.id].of(axis).side for card in deck.cards if card.id in sights]
        if len(sides) >= 3 and len(sides) >= len(draw.cards) - 1:
            found.append(_axis(axis, sides, whole.count(Side.OPEN), whole.count(Side.CLOSED)))
    return tuple(found)


def _axis(axis: Axis, sides: list[tuple[str, Side]], opened: int, closed: int) -> AxisFact:
    count, row = len(sides), [side for _, side in sides]
    many = row.count(Side.OPEN)
    chance = comb(opened, many) * comb(closed, count - many) / comb(opened + closed, count)
    pattern, side = pattern_of(row)
    odd = tuple(place for place, at in sides if at is side) if pattern is not Pattern.EVEN else ()
    return AxisFact(axis, pattern, side, tuple(place for place, _ in sides), odd, round(chance, 6))


def pattern_of(row: Sequence[Side]) -> tuple[Pattern, Side]:
    """Return how a row of open and closed sides falls, and the side that is told of.

    >>> pattern_of([Side.CLOSED, Side.CLOSED, Side.OPEN])
    (<Pattern.ONE: 'one'>, <Side.OPEN: 'open'>)
    """
    count, opened = len(row), row.count(Side.OPEN)
    few = Side.OPEN if opened * 2 <= count else Side.CLOSED
    if opened in (0, count):
        return Pattern.SAME, row[0]
    changes = sum(a is not b for a, b in pairwise(row))
    if changes == 1 and min(opened, count - opened) >= 2:
        return Pattern.TURN, row[-1]
    if min(opened, count - opened) == 1:
        return Pattern.ONE, few
    return (Pattern.EVEN, Side.NONE) if opened * 2 == count else (Pattern.FEW, few)


def _places(draw: Draw, cards: Sequence[str]) -> tuple[str, ...]:
    return tuple(place for place, card in zip(draw.positions, draw.cards, strict=True) if card.card.id in cards)


def _links(draw: Draw, groups: Sequence[tuple[str, Sequence[str]]], least: int) -> tuple[Link, ...]:
    found = (Link(id_, _places(draw, cards)) for id_, cards in groups)
    return tuple(link for link in found if len(link.positions) >= least)


def _pairs(deck: Deck, draw: Draw) -> tuple[Link, ...]:
    read = pictures(deck, "pairs.yaml", PairsFile)
    return () if read is None else _links(draw, [(pair.id, pair.cards) for pair in read.content.pairs], 2)


def _motifs(deck: Deck, draw: Draw) -> tuple[Link, ...]:
    read = pictures(deck, "motifs.yaml", MotifsFile)
    return () if read is None else _links(draw, [(motif.id, motif.cards) for motif in read.content.motifs], 2)


def _families(deck: Deck, draw: Draw) -> tuple[Link, ...]:
    read = pictures(deck, "pictures.yaml", PicturesFile)
    if read is None:
        return ()
    groups = [(family.id, family.members) for family in read.content.families]
    return _links(draw, groups, 3)
