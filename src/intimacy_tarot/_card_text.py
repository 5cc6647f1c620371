"""The authored text of a card: a passage for each role, what joins them, and how the card leans on the others.

Field names are the keys of the YAML files; `Text` says how many words each has room for (EDITORIAL budgets).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from intimacy_tarot._models import FRAGMENT_OF, Orientation, Role, Text, Voice

if TYPE_CHECKING:
    from intimacy_tarot._senses import Move
    from intimacy_tarot._spread import Lens

PERSON_NAMES = ("P", "other", "partner")

RolePassage = Annotated[str, Text(38, 52)]
PersonPassage = Annotated[str, Text(38, 52, PERSON_NAMES)]
Fragment = Annotated[str, Text(4, 10, fragment=True)]
Point = Annotated[str, Text(5, 16)]
Step = Annotated[str, Text(16, 40)]


@dataclass(frozen=True, slots=True)
class Practice:
    """One small thing to try, always optional."""

    title: Annotated[str, Text(2, 4)]
    text: Annotated[str, Text(28, 42)]


@dataclass(frozen=True, slots=True)
class Bridge:
    """One sentence on the primary theme in the card's own picture, in each voice."""

    light: Annotated[str, Text(12, 24)]
    shadow: Annotated[str, Text(12, 24)]


@dataclass(frozen=True, slots=True)
class Points:
    """What a passage comes to, in a clause that begins with the card: "the Star leaves sore places alone"."""

    person: Point
    need: Point
    strength: Point
    emotional: Point
    physical: Point


@dataclass(frozen=True, slots=True)
class Roots:
    """How this trouble may have come of what lies underneath, where that speaks in light or in shadow."""

    light: Annotated[str, Text(18, 50)]
    shadow: Annotated[str, Text(18, 50)]

    def on(self, voice: Voice) -> str:
        """Return what is said over a ground that speaks in this voice."""
        return self.light if voice is Voice.LIGHT else self.shadow


@dataclass(frozen=True, slots=True)
class Steps:
    """Why a step of each kind is one for this trouble: the last words of a reading proper."""

    ask: Step
    tell: Step
    praise: Step
    admit: Step
    wait: Step
    give: Step
    join: Step
    keep: Step

    def to(self, move: Move) -> str:
        """Return what is said where the counsel offers a step of this kind."""
        return str(getattr(self, move.value))


@dataclass(frozen=True, slots=True)
class Leans:
    """How a card leans on the others: what it comes to in each role, and, as a trouble, its roots and its way out."""

    points: Points
    roots: Roots
    steps: Steps


@dataclass(frozen=True, slots=True)
class Lensed:
    """What goes on between the two of you, on the side of talk and on the side of touch."""

    emotional: RolePassage
    physical: RolePassage


@dataclass(frozen=True, slots=True)
class Entry:
    """The authored text of a card in one orientation: a passage for each role, and what joins them."""

    ground: RolePassage
    person: PersonPassage
    between: RolePassage
    need: PersonPassage
    obstacle: RolePassage
    strength: RolePassage
    counsel: RolePassage
    past: Fragment
    stance: Fragment
    air: Fragment
    wish: Fragment
    snag: Fragment
    gift: Fragment
    move: Annotated[str, Text(5, 10, fragment=True)]
    handle: Annotated[str, Text(2, 4, fragment=True)]
    bridge: Bridge
    ask: Annotated[str, Text(9, 18)]
    practice: Practice
    lenses: Lensed | None = None
    """A deck may leave them out; then `between` serves both sides, behind a sentence that says which."""
    leans: Leans | None = None
    """A deck may leave it out; then the spread's own wording joins its cards."""

    def point(self, role: Role, lens: Lens | None = None) -> str | None:
        """Return what a passage comes to, in a role or on one side of closeness, or None where nothing asks for it."""
        found: str | None = getattr(self.leans.points, str(lens or role), None) if self.leans else None
        return found

    def passage(self, role: Role) -> str:
        """Return the passage written for that role."""
        return str(getattr(self, role.value))

    def fragment(self, role: Role) -> str:
        """Return the phrase by which that role's passage is taken up later."""
        return str(getattr(self, FRAGMENT_OF[role]))


@dataclass(frozen=True, slots=True)
class CardText:
    """The authored text of a card: what its picture holds, and an entry for each orientation."""

    ref: Annotated[str, Text(1, 6)]
    image: Annotated[str, Text(3, 22)]
    image_alt: Annotated[str, Text(3, 15)]
    state: Annotated[str, Text(4, 9, fragment=True)]
    thing: Annotated[str, Text(3, 6, fragment=True)]
    upright: Entry
    reversed: Entry

    def entry(self, orientation: Orientation) -> Entry:
        """Return the entry for the way up the card lies."""
        return self.upright if orientation is Orientation.UPRIGHT else self.reversed
