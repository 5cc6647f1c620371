"""What a deck's pictures show and share: sights on five axes, families, pairs and motifs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from intimacy_tarot._models import Keyed, Plain, Text
from intimacy_tarot._senses import AptClaims, OpenClaims
from intimacy_tarot._spread import OpenVariants, Variant, Variants

PAIR = {"earlier": ("at", "ref"), "first": ("at", "ref"), "second": ("at", "ref")}
"""A hinge's names: where the earlier card lies, and where each of the pair's two does, "here" for the later."""

EARLIER_LATER = {"earlier": ("at", "ref"), "later": ("at", "ref")}
"""The names of a motif's wording."""


class Axis(StrEnum):
    """What can be compared across the pictures of any draw."""

    EYES = "eyes"
    HANDS = "hands"
    GROUND = "ground"
    DISTANCE = "distance"
    WEATHER = "weather"


class Side(StrEnum):
    """Which way a picture tends on an axis: near, offered, sheltered, fair; or the reverse; or neither."""

    OPEN = "open"
    CLOSED = "closed"
    NONE = "none"


class Pattern(StrEnum):
    """How the sides of a draw's pictures fall on an axis."""

    ONE = "one"
    SAME = "same"
    TURN = "turn"
    FEW = "few"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Sight:
    """What a picture shows on an axis: a value, which side that is, and a clause for it."""

    value: str
    side: Side
    clause: Annotated[str, Text(3, 10)] | None = None

    def __post_init__(self) -> None:
        if self.clause is None and self.side is not Side.NONE:
            raise ValueError("found no clause, expected one for a side that can be told of")


@dataclass(frozen=True, slots=True)
class Sights:
    """What a card's picture shows on every axis."""

    id: str
    eyes: Sight
    hands: Sight
    ground: Sight
    distance: Sight
    weather: Sight

    def of(self, axis: Axis) -> Sight:
        """Return what is seen on an axis."""
        sight: Sight = getattr(self, axis.value)
        return sight


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of thing that several pictures hold, each in a state of its own."""

    id: str
    leads: Variants
    claims: AptClaims
    cards: tuple[str, ...] = ()
    """The cards that are compared by the `state` of their own text."""
    states: Annotated[tuple[Variant, ...], Keyed()] = ()
    """A state for each other card, whose text tells of something else."""

    @property
    def members(self) -> tuple[str, ...]:
        """The ids of all its cards."""
        return (*self.cards, *(state.id for state in self.states))


@dataclass(frozen=True, slots=True)
class PicturesFile:
    """A deck's `pictures.yaml`: what each picture shows, and the families among them."""

    cards: Annotated[tuple[Sights, ...], Keyed()]
    families: Annotated[tuple[Family, ...], Keyed()] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cards that speak to each other, and the hinges by which a later one takes up an earlier."""

    id: str
    cards: tuple[str, str]
    hinges: OpenVariants


@dataclass(frozen=True, slots=True)
class PairsFile:
    """A deck's `pairs.yaml`."""

    pairs: Annotated[tuple[Pair, ...], Keyed()]
    here: Plain = "here"
    """How a hinge says where the later card is: where the reader is."""


@dataclass(frozen=True, slots=True)
class Motif:
    """Something several pictures share, and how two of them are seen together."""

    id: str
    cards: tuple[str, ...]
    seen: OpenClaims


@dataclass(frozen=True, slots=True)
class MotifsFile:
    """A deck's `motifs.yaml`."""

    motifs: Annotated[tuple[Motif, ...], Keyed()]
