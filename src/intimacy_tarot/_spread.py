"""A spread: its positions, and the wording that belongs to its own picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from intimacy_tarot._models import FRAGMENT_OF, Keyed, Plain, Polarity, Role, Text, Voice
from intimacy_tarot._template import PERSON
from intimacy_tarot._ways import Matter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PARTNER = ("partner",)


class Owner(StrEnum):
    """Whose position it is: the reader's, the partner's, or both people's."""

    SELF = "self"
    PARTNER = "partner"
    US = "us"


class Lens(StrEnum):
    """Which side of closeness a `between` position looks at."""

    EMOTIONAL = "emotional"
    PHYSICAL = "physical"


class When(StrEnum):
    """The cards a frame may stand before, by their base."""

    ANY = "any"
    LIGHT = "light"
    SHADOW = "shadow"

    def fits(self, polarity: Polarity) -> bool:
        """Whether a frame may stand before a card of that base."""
        return self is When.ANY or self.value == polarity.value


class Shape(StrEnum):
    """How a frame begins; two neighbors never share a shape."""

    IMAGE = "image"
    POSITION = "position"
    QUESTION = "question"
    PERSON = "person"
    NAME = "name"
    LEAN = "lean"
    """It takes up an earlier card."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording among several for a slot; its id is never changed, its text may be mended."""

    id: str
    text: Plain


@dataclass(frozen=True, slots=True)
class Opening:
    """How a spread begins: for any draw, for those whose cards name certain things, or deal with certain matters."""

    id: str
    text: Annotated[str, Text(1, 60, _PARTNER)]
    senses: tuple[Plain, ...] = ()
    """What the cards must name, as "wall.silence"; of several at one position, any one."""
    matters: tuple[Matter, ...] = ()
    """The matters at which it hints, as dealt with in a strained way."""
    echo: Annotated[str, Text(6, 24, _PARTNER)] | None = None
    """The last sentence before the questions, which returns to its picture."""

    @property
    def free(self) -> bool:
        """Whether any reading may begin so."""
        return not self.senses and not self.matters

    def fits(self, senses: Mapping[str, str]) -> bool:
        """Whether it is for what a reading's cards name."""
        return bool(self.senses) and _named(by_position(self.senses), senses)


@dataclass(frozen=True, slots=True)
class OpenVariant:
    """A wording whose names are checked by whoever knows them."""

    id: str
    text: Annotated[str, Text(1, 80, ("*",))]


Variants = Annotated[tuple[Variant, ...], Keyed(least=1)]
OpenVariants = Annotated[tuple[OpenVariant, ...], Keyed(least=1)]


@dataclass(frozen=True, slots=True)
class Frame:
    """A sentence or two that set a card in its position, before the card's own passage."""

    id: str
    when: When
    shape: Shape
    text: Annotated[str, Text(4, 24, ("*",))]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a spread, and what it asks of the card that comes to lie there."""

    id: str
    name: Plain
    """As the reader would say it: "My side of it"."""
    heading: Annotated[str, Text(1, 12, _PARTNER)]
    """As a reading prints it: "Your side of it"."""
    asks: Plain
    role: Role
    owner: Owner
    cell: tuple[int, int]
    """Column and row on the table, from 1, row 1 at the top."""
    at: Plain
    """Where it is, as a phrase: "at the window"."""
    frames: Annotated[tuple[Frame, ...], Keyed(least=1)]
    lens: Lens | None = None
    rotate: int = 0
    """Degrees the card is turned: 90 for a card laid across another."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to the spread's question, for any draw or for those whose cards speak in these voices and senses."""

    id: str
    text: Annotated[str, Text(1, 80, ("*",))]
    light: tuple[Plain, ...] = ()
    """The positions whose cards must speak in the light voice."""
    shadow: tuple[Plain, ...] = ()
    """The positions whose cards must speak in the shadow voice."""
    senses: tuple[Plain, ...] = ()
    """What the cards must name, as "wall.silence"; of several at one position, any one."""

    def fits(self, voices: Mapping[str, Voice], senses: Mapping[str, str]) -> bool:
        """Whether it may be said where the cards at the positions speak in these voices, and name these things."""
        light = all(voices[place] is Voice.LIGHT for place in self.light)
        shadow = all(voices[place] is Voice.SHADOW for place in self.shadow)
        return light and shadow and _named(self.sensed, senses)

    @property
    def sensed(self) -> dict[str, list[str]]:
        """What each position's card must name one of."""
        return by_position(self.senses)


def by_position(addresses: Sequence[str]) -> dict[str, list[str]]:
    """Return the senses that each position's card must name one of.

    >>> by_position(["wall.silence", "wall.guess"])
    {'wall': ['silence', 'guess']}
    """
    found: dict[str, list[str]] = {}
    for address in addresses:
        place, _, sense = address.partition(".")
        found.setdefault(place, []).append(sense)
    return found


def _named(wanted: Mapping[str, Sequence[str]], senses: Mapping[str, str]) -> bool:
    return all(senses.get(place) in named for place, named in wanted.items())


@dataclass(frozen=True, slots=True)
class Synthesis:
    """The wording of a spread's last paragraph: its titles, its answers, its last sentences."""

    titles: Annotated[tuple[Variant, ...], Keyed(least=1)]
    closings: Annotated[tuple[OpenVariant, ...], Keyed(least=1)]
    answers: Annotated[tuple[Answer, ...], Keyed()] = ()
    verdicts: Annotated[tuple[Answer, ...], Keyed()] = ()
    """What is answered in a sentence, for decks whose cards lean on each other."""


@dataclass(frozen=True, slots=True)
class SpreadFile:
    """A spread as it is written."""

    name: Plain
    question: Plain
    source: Plain
    subtitle: Annotated[str, Text(1, 60, _PARTNER)]
    openings: Annotated[tuple[Opening, ...], Keyed(least=1)]
    positions: Annotated[tuple[Position, ...], Keyed(least=1)]
    synthesis: Synthesis
    tender: bool = False
    """Whether a card of care 1 at a ground or an obstacle brings the short note."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A spread with its id, and the file and digest by which a reading records it.

    >>> import intimacy_tarot as tarot
    >>> spread = tarot.load_spread("emotional-block")
    >>> spread.question, len(spread.positions)
    ("What's blocking our emotional connection?", 6)
    """

    id: str
    file: str
    digest: str
    content: SpreadFile

    @property
    def name(self) -> str:
        """The spread's name: "The Wall"."""
        return self.content.name

    @property
    def question(self) -> str:
        """The question the spread answers."""
        return self.content.question

    @property
    def positions(self) -> tuple[Position, ...]:
        """The positions in the order in which cards are laid."""
        return self.content.positions

    def names(self, before: str | None = None) -> dict[str, tuple[str, ...]]:
        """Return the names that its wording may use: each position, with its card and its role's fragments.

        An answer or a closing may use them all, a frame those of the positions `before` its own. `partner` is the
        person, and lends a fragment too where a position is called that.
        """
        handle = {Role.OBSTACLE: ("handle",)}
        names: dict[str, tuple[str, ...]] = {}
        for position in self.positions:
            if position.id == before:
                break
            names[position.id] = (FRAGMENT_OF[position.role], "ref", *handle.get(position.role, ()))
        return names | {"partner": (*PERSON, *names.get("partner", ()))}
