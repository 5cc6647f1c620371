"""The content of decks and cards, as immutable values.

Field names are the keys of the YAML files and the names in templates. The annotations guide the
reader: `Text` says what a passage may hold and how many words it has room for (EDITORIAL budgets).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Arcana(StrEnum):
    """The two parts of a tarot deck."""

    MAJOR = "major"
    MINOR = "minor"


class Suit(StrEnum):
    """The four suits of the Minor Arcana, in deck order."""

    WANDS = "wands"
    CUPS = "cups"
    SWORDS = "swords"
    PENTACLES = "pentacles"


class Rank(StrEnum):
    """The fourteen ranks of a suit, in deck order: ten pips, then four courts."""

    ACE = "ace"
    TWO = "two"
    THREE = "three"
    FOUR = "four"
    FIVE = "five"
    SIX = "six"
    SEVEN = "seven"
    EIGHT = "eight"
    NINE = "nine"
    TEN = "ten"
    PAGE = "page"
    KNIGHT = "knight"
    QUEEN = "queen"
    KING = "king"

    @property
    def court(self) -> bool:
        """Whether this is a page, knight, queen or king."""
        return self in (Rank.PAGE, Rank.KNIGHT, Rank.QUEEN, Rank.KING)


class Element(StrEnum):
    """The four elements of the Golden Dawn's correspondences."""

    FIRE = "fire"
    WATER = "water"
    AIR = "air"
    EARTH = "earth"


class Orientation(StrEnum):
    """Which way up a card lies."""

    UPRIGHT = "upright"
    REVERSED = "reversed"


class Voice(StrEnum):
    """How a passage speaks of its theme: at ease, or strained."""

    LIGHT = "light"
    SHADOW = "shadow"


class Polarity(StrEnum):
    """The base of a card in one orientation; a mixed card takes its voice from its place."""

    LIGHT = "light"
    SHADOW = "shadow"
    MIXED = "mixed"


class ThemeId(StrEnum):
    """The eight themes of the article."""

    BOND = "bond"
    TRUST = "trust"
    UNSPOKEN = "unspoken"
    PRESENCE = "presence"
    REPAIR = "repair"
    WORTH = "worth"
    BALANCE = "balance"
    UNDERSTANDING = "understanding"


class Role(StrEnum):
    """What a position asks of a card; an entry has one passage for each."""

    GROUND = "ground"
    PERSON = "person"
    BETWEEN = "between"
    NEED = "need"
    OBSTACLE = "obstacle"
    STRENGTH = "strength"
    COUNSEL = "counsel"


FRAGMENT_OF = {
    Role.GROUND: "past",
    Role.PERSON: "stance",
    Role.BETWEEN: "air",
    Role.NEED: "wish",
    Role.OBSTACLE: "snag",
    Role.STRENGTH: "gift",
    Role.COUNSEL: "move",
}
"""The fragment by which each role's passage is taken up later in a reading."""


class Text(NamedTuple):
    """What a text field may hold: words from `least` to `most`, and which names in braces."""

    least: int = 1
    most: int = 400
    names: tuple[str, ...] = ()
    fragment: bool = False


_CARD_ID = re.compile(rf"major_arcana\.(0[0-9]|1[0-9]|2[01])|minor_arcana\.({'|'.join(Suit)})\.({'|'.join(Rank)})")

Plain = Annotated[str, Text()]


@dataclass(frozen=True, slots=True)
class Keyed:
    """Marks a field that is written as a mapping and kept as a tuple: its keys become the ids."""

    least: int = 0


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a card stands for in one orientation: everything that facts and plan need."""

    themes: tuple[ThemeId, ThemeId]
    """The primary theme and the secondary."""
    polarity: Polarity
    keywords: tuple[Plain, ...]
    essence: Annotated[str, Text(8, 18)]
    sign: str | None = None
    """The sign of the primary theme that a strained card shows."""
    care: int = 0
    """0; 1 for grief, exhaustion or half-truth; 2 where pressure could be read into it."""

    def __post_init__(self) -> None:
        for fault in self.faults({"care": self.care, "sign": self.sign, "polarity": self.polarity}):
            raise ValueError(fault)

    @staticmethod
    def faults(given: Mapping[str, object]) -> Iterator[str]:
        """Yield what is wrong between the fields that are given."""
        if given.get("care", 0) not in (0, 1, 2):
            yield f"found care {given['care']}, expected 0, 1 or 2"
        if given.get("polarity") is Polarity.SHADOW and given.get("sign", "") is None:
            yield "found no sign, expected the sign that this strained meaning shows"

    @property
    def theme(self) -> ThemeId:
        """The primary theme."""
        return self.themes[0]


@dataclass(frozen=True, slots=True)
class Card:
    """A card of a deck: its names and correspondences, and a meaning for each orientation.

    >>> import intimacy_tarot as tarot
    >>> star = tarot.load_deck("major-arcana").find("the star")
    >>> star.id, star.element, star.meaning(tarot.DrawnCard(star).orientation).keywords
    ('major_arcana.17', <Element.AIR: 'air'>, ('healing', 'openness', 'quiet hope'))
    """

    id: str
    name: Plain
    element: Element | None
    number: int | None
    number_meaning: Plain
    upright: Meaning
    reversed: Meaning

    def __post_init__(self) -> None:
        for fault in self.faults({"id": self.id}):
            raise ValueError(fault)

    @staticmethod
    def faults(given: Mapping[str, object]) -> Iterator[str]:
        """Yield what is wrong with the id, if there is one."""
        if "id" in given and not _CARD_ID.fullmatch(str(given["id"])):
            yield f"found the card id {given['id']!r}, expected one like major_arcana.17 or minor_arcana.cups.two"

    @property
    def arcana(self) -> Arcana:
        """The part of the deck, read from the id."""
        return Arcana.MAJOR if self.id.startswith("major_arcana.") else Arcana.MINOR

    @property
    def suit(self) -> Suit | None:
        """The suit of a minor card."""
        return None if self.arcana is Arcana.MAJOR else Suit(self.id.split(".")[1])

    @property
    def rank(self) -> Rank | None:
        """The rank of a minor card."""
        return None if self.arcana is Arcana.MAJOR else Rank(self.id.split(".")[2])

    def meaning(self, orientation: Orientation | str) -> Meaning:
        """Return what the card stands for that way up, "upright" or "reversed"; ValueError for another word."""
        return self.upright if Orientation(orientation) is Orientation.UPRIGHT else self.reversed


@dataclass(frozen=True, slots=True)
class DrawnCard:
    """A card and the way up it lies."""

    card: Card
    reversed: bool = False

    @property
    def orientation(self) -> Orientation:
        """The way up the card lies."""
        return Orientation.REVERSED if self.reversed else Orientation.UPRIGHT

    @property
    def meaning(self) -> Meaning:
        """What the card stands for as it lies."""
        return self.card.meaning(self.orientation)

    @property
    def name(self) -> str:
        """The card's name, with ", reversed" where it is."""
        return f"{self.card.name}, reversed" if self.reversed else self.card.name

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck's manifest as it is written."""

    id: str
    name: Plain
    language: str
    extends: str | None = None
    keep: tuple[str, ...] = ()
    """With `extends`: the ids of the cards that are kept, in order; none means all."""
    cards: Annotated[tuple[Card, ...], Keyed()] = field(default=())
