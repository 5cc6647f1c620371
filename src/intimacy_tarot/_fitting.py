"""Whether the parts of a saved reading fit together, so that whoever loads one can print it in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intimacy_tarot._planned import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intimacy_tarot._compose import Section
    from intimacy_tarot._reading import Reading

HEADED: Final = ("opening", "position", "questions", "themes")
"""The kinds of section that are printed under a heading."""


def unfit(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield what does not fit, as (path, message); what a person may have typed is not repeated."""
    yield from _cards(reading)
    yield from _places(reading)
    for at, section in enumerate(reading.sections):
        if section.kind in HEADED and section.heading is None:
            yield f"sections[{at}].heading", "found no heading, expected one"
        if section.kind == "position" and section.card is None:
            yield f"sections[{at}].card", "found no card, expected one"
    for at, theme in enumerate(reading.facts.themes):
        for side, places in (("light", theme.light), ("shadow", theme.shadow)):
            if not {*places} <= {*reading.draw.positions}:
                yield f"facts.themes[{at}].{side}", "found a position that is not in the draw, expected those in it"


def _cards(reading: Reading) -> Iterator[tuple[str, str]]:
    places, cards = reading.draw.positions, reading.draw.cards
    if len({*places}) < len(places):
        yield "draw.positions", "found a position twice, expected each once"
    if len(cards) != len(places):
        yield "draw.cards", f"found {len(cards)} cards, expected {len(places)}, one for each position"


def _places(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield where the sections of positions are not those of the draw, in its order; a "care" reading has none."""
    placed = [(at, section) for at, section in enumerate(reading.sections) if _of_position(section)]
    expected = () if reading.kind is Kind.CARE else reading.draw.positions
    if len(placed) != len(expected):
        yield "sections", f"found {len(placed)} sections for a position, expected {len(expected)}"
        return
    for (at, section), place in zip(placed, expected, strict=True):
        if section.position != place:
            yield f"sections[{at}].position", f"found another position, expected {place!r}"


def _of_position(section: Section) -> bool:
    return section.kind == "position" or section.position is not None
