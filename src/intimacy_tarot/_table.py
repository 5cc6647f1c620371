"""Where each card of a reading lies on the table, in the units of one drawing."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from intimacy_tarot._faces import Face, face
from intimacy_tarot._library import card_text
from intimacy_tarot._planned import Kind

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from intimacy_tarot._reading import Reading
    from intimacy_tarot._spread import Position

Captions: TypeAlias = "dict[str, tuple[tuple[str, ...], tuple[str, ...]]]"

CARD: Final = (108, 174)
"""Width and height of a card, half the size of a drawing."""

PITCH: Final = 188
"""From one column to the next, so that a card laid across its neighbor stays within its own."""

GAP: Final = 22
EDGE: Final = 9
"""From a card's picture to the letters under it, its paper edge between."""

READ_AT: Final = 32
"""How many letters' height wide a table may be: at 320 pixels its captions are still ten high."""

LEAST_SIZE: Final = 15
LETTER: Final = 0.54
"""How wide a letter is, as a part of its height, on average."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A card as it lies: its number and captions, its middle, how far it is turned, its picture."""

    number: int
    place: str
    heading: tuple[str, ...]
    name: tuple[str, ...]
    alt: str
    x: int
    y: int
    turn: int
    """Degrees: 90 for a card laid across, 180 more for one that is reversed."""
    reversed: bool
    below: int
    """Where its captions begin."""
    face: Face


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table: its size, the height of its letters, and the cards in the order in which they are laid."""

    width: int
    height: int
    size: int
    cards: tuple[Laid, ...]

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return self.width // PITCH

    @property
    def step(self) -> int:
        """From one line of a caption to the next."""
        return _step(self.size)

    @property
    def at(self) -> dict[str, Laid]:
        """The cards by their positions."""
        return {laid.place: laid for laid in self.cards}


def table_of(reading: Reading, art: os.PathLike[str] | None = None) -> Table:
    """Return where the cards of a reading lie, each with its captions under it.

    Cells are taken from the spread's grid, and rows and columns that hold nothing take no room. A reading
    without cards has a table without cards.
    """
    if reading.kind is Kind.CARE:
        return Table(PITCH + GAP, 2 * GAP, LEAST_SIZE, ())
    spread, deck = reading.draw.loaded()
    own = {card.id: card for card in deck.cards}
    placed = list(enumerate(zip(spread.positions, reading.draw.cards, strict=True), 1))
    headings = {section.position: str(section.heading) for section in reading.sections if section.position}
    columns = sorted({position.cell[0] for position in spread.positions})
    rows = sorted({position.cell[1] for position in spread.positions})
    width = len(columns) * PITCH + GAP
    size = max(LEAST_SIZE, round(width / READ_AT))
    letters = int((PITCH - 12) / (size * LETTER))
    captions = {
        position.id: (
            _lines(f"{number} {headings[position.id]}", letters),
            _lines(card.name, letters),
        )
        for number, (position, card) in placed
    }
    tops = _tops(spread.positions, captions, rows, size)
    laid: list[Laid] = []
    under: dict[tuple[int, int], int] = {}
    for number, (position, card) in placed:
        heading, name = captions[position.id]
        top = tops[position.cell[1]]
        below = under.get(position.cell, top + CARD[1] + EDGE + size)
        under[position.cell] = below + (len(heading) + len(name)) * _step(size) + size // 2
        laid.append(
            Laid(
                number=number,
                place=position.id,
                heading=heading,
                name=name,
                alt=f"{card.name}: {card_text(deck, own[card.card.id]).content.image}",
                x=GAP // 2 + columns.index(position.cell[0]) * PITCH + PITCH // 2,
                y=top + CARD[1] // 2,
                turn=position.rotate + (180 if card.reversed else 0),
                reversed=card.reversed,
                below=below,
                face=face(own[card.card.id], deck, art),
            )
        )
    height = max(under.values()) + GAP // 2
    return Table(width, height, size, tuple(laid))


def _tops(positions: Sequence[Position], captions: Captions, rows: Sequence[int], size: int) -> dict[int, int]:
    """Return where the cards of each row begin, below whatever stands under those of the row before."""
    tops: dict[int, int] = {}
    top = GAP
    for row in rows:
        tops[row] = top
        lines: dict[int, int] = {}
        for position in positions:
            if position.cell[1] == row:
                here = sum(map(len, captions[position.id]))
                lines[position.cell[0]] = lines.get(position.cell[0], 0) + here + (position.cell[0] in lines)
        top += CARD[1] + EDGE + size + max(lines.values()) * _step(size) + GAP
    return tops


def _step(size: int) -> int:
    return round(size * 1.25)


def _lines(text: str, letters: int) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, letters)) or (text,)
