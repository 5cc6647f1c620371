"""The theme that leads a reading, and the line along which it is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from intimacy_tarot._models import Role, ThemeId, Voice

if TYPE_CHECKING:
    from intimacy_tarot._draw import Draw
    from intimacy_tarot._facts import Facts, ThemeFact
    from intimacy_tarot._spread import Spread


class Line(StrEnum):
    """How the thread runs: from strained to eased, through several cards, from one theme to another, or alone."""

    TENSION = "tension"
    ECHO = "echo"
    STEP = "step"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Thread:
    """The leading theme, its voice here, and the positions by which it is told.

    `positions` are the strained and the eased place for a tension, the places of an echo in order,
    the two places of a step (the second theme is `other`), and the theme's places otherwise.
    """

    theme: ThemeId
    line: Line
    voice: Voice
    positions: tuple[str, ...]
    other: ThemeId | None = None


def thread_of(facts: Facts, spread: Spread, draw: Draw) -> Thread:
    """Return the thread: the theme on three or more cards and on more than any other, else the least expected.

    Only a theme that is primary on some card can lead. The line is the first of tension, echo and
    step that the cards carry.
    """
    lead = _leading(facts)
    if lead.light and lead.shadow:
        eased = _foremost(lead.light, spread, Role.COUNSEL)
        strained = _foremost(lead.shadow, spread, Role.OBSTACLE)
        return Thread(lead.theme, Line.TENSION, Voice.SHADOW, (strained, eased))
    voice = Voice.SHADOW if lead.shadow else Voice.LIGHT
    places = lead.shadow or lead.light
    if lead.positions >= 3:
        return Thread(lead.theme, Line.ECHO, voice, places)
    return _step(lead, voice, places, spread, draw)


def _leading(facts: Facts) -> ThemeFact:
    present = [fact for fact in facts.themes if fact.positions]
    most = max(fact.positions for fact in present)
    widest = [fact for fact in present if fact.positions == most]
    if most >= 3 and len(widest) == 1:
        return widest[0]
    return max(present, key=lambda fact: fact.z)


def _foremost(places: tuple[str, ...], spread: Spread, role: Role) -> str:
    roles = {position.id: position.role for position in spread.positions}
    return next((place for place in places if roles[place] is role), places[0])


def _step(lead: ThemeFact, voice: Voice, places: tuple[str, ...], spread: Spread, draw: Draw) -> Thread:
    themes = {place: card.meaning.theme for place, card in zip(draw.positions, draw.cards, strict=True)}
    roles = {position.role: position.id for position in spread.positions}
    first = roles.get(Role.OBSTACLE, draw.positions[0])
    last = roles.get(Role.COUNSEL, draw.positions[-1])
    here = places[0]
    there = last if here != last else first
    if there == here or themes[there] is lead.theme:
        return Thread(lead.theme, Line.ALONE, voice, places)
    return Thread(lead.theme, Line.STEP, voice, (here, there), themes[there])
