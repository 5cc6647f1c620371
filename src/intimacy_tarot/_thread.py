"""The theme that leads a reading, and the line along which it is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from intimacy_tarot._models import Role, ThemeId, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from intimacy_tarot._facts import Facts, ThemeFact
    from intimacy_tarot._spread import Spread


class Line(StrEnum):
    """How the thread runs: from strained to eased, through several cards, on one, or on the only one, at ease."""

    TENSION = "tension"
    ECHO = "echo"
    SINGLE = "single"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Thread:
    """The leading theme, how it runs, its voice, and the positions by which it is told.

    `positions` are the strained and the eased place of a tension, and otherwise the theme's places in order.
    """

    theme: ThemeId
    line: Line
    voice: Voice
    positions: tuple[str, ...]


HEARD: Final = 0.5
"""How many deviations a theme that was asked about may stand behind the first, and lead all the same."""


def thread_of(facts: Facts, spread: Spread, heard: ThemeId | None = None) -> Thread:
    """Return the thread: the theme on three or more cards and on more than any other, else the least expected.

    Where several come close to that, one that was asked about leads.

    Only a theme that is primary on some card can lead. A need is neither strained nor eased, so that no
    tension begins or ends at one.
    """
    lead = _leading(facts, heard)
    roles = {position.id: position.role for position in spread.positions}
    strained = [place for place in lead.shadow if roles[place] is not Role.NEED]
    eased = [place for place in lead.light if roles[place] is not Role.NEED]
    if strained and eased:
        ends = (_foremost(strained, roles, Role.OBSTACLE), _foremost(eased, roles, Role.COUNSEL))
        return Thread(lead.theme, Line.TENSION, Voice.SHADOW, ends)
    voice = Voice.SHADOW if len(lead.shadow) >= len(lead.light) else Voice.LIGHT
    places = lead.shadow if voice is Voice.SHADOW else lead.light
    if len(places) >= 3:
        return Thread(lead.theme, Line.ECHO, voice, places)
    alone = len(roles) == 1 and voice is Voice.LIGHT
    return Thread(lead.theme, Line.ALONE if alone else Line.SINGLE, voice, places)


def _leading(facts: Facts, heard: ThemeId | None) -> ThemeFact:
    present = [fact for fact in facts.themes if fact.positions]
    most = max(fact.positions for fact in present)
    widest = [fact for fact in present if fact.positions == most]
    if most >= 3 and len(widest) == 1:
        return widest[0]
    first = max(present, key=lambda fact: fact.z)
    return next((fact for fact in present if fact.theme is heard and fact.z >= first.z - HEARD), first)


def _foremost(places: Sequence[str], roles: Mapping[str, Role], role: Role) -> str:
    return next((place for place in places if roles[place] is role), places[0])
