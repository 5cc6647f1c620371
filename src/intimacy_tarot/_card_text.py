"""The authored text of a card: a passage for each role, what joins them, and how the card leans on a trouble.

Field names are the keys of the YAML files; `Text` says how many words each has room for (EDITORIAL budgets).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from intimacy_tarot._models import FRAGMENT_OF, Knot, Orientation, Role, Text, Voice

PERSON_NAMES = ("P", "other", "partner")

RolePassage = Annotated[str, Text(38, 52)]
PersonPassage = Annotated[str, Text(38, 52, PERSON_NAMES)]
Fragment = Annotated[str, Text(4, 10, fragment=True)]
Wished = Annotated[str, Text(12, 34, PERSON_NAMES)]
Given = Annotated[str, Text(12, 34)]
Landing = Annotated[str, Text(20, 44)]


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


class ToKnot:
    """What a card says in one role to each kind of trouble."""

    __slots__ = ()

    def to(self, knot: Knot) -> str:
        """Return what it says to one kind."""
        return str(getattr(self, knot.value))


@dataclass(frozen=True, slots=True)
class GroundLeans(ToKnot):
    """What still lies underneath, said again near the end, and how it could have led to a trouble of each kind."""

    still: Annotated[str, Text(8, 24)]
    unsaid: Given
    hard: Given
    away: Given
    instead: Given


@dataclass(frozen=True, slots=True)
class PersonLeans(ToKnot):
    """How whoever comes in this way may meet it, feed it or loosen it: near the end."""

    unsaid: Wished
    hard: Wished
    away: Wished
    instead: Wished


@dataclass(frozen=True, slots=True)
class NeedLeans(ToKnot):
    """What keeps this wish from being met, or what it would do: behind the wish, or near the end."""

    unsaid: Wished
    hard: Wished
    away: Wished
    instead: Wished


@dataclass(frozen=True, slots=True)
class StrengthLeans(ToKnot):
    """What this gift can do about it: behind the gift."""

    unsaid: Given
    hard: Given
    away: Given
    instead: Given


@dataclass(frozen=True, slots=True)
class CounselLeans(ToKnot):
    """Why this step for that trouble: the last words of a reading proper."""

    unsaid: Landing
    hard: Landing
    away: Landing
    instead: Landing


@dataclass(frozen=True, slots=True)
class ObstacleLeans:
    """What this trouble comes to near the end, where what lies underneath speaks in light or in shadow."""

    light: Annotated[str, Text(18, 50)]
    shadow: Annotated[str, Text(18, 50)]

    def on(self, voice: Voice) -> str:
        """Return what it comes to over a ground that speaks in this voice."""
        return self.light if voice is Voice.LIGHT else self.shadow


@dataclass(frozen=True, slots=True)
class Leans:
    """How a card leans on the others, by the role it has: a trouble on its ground, the rest on a trouble."""

    ground: GroundLeans
    person: PersonLeans
    need: NeedLeans
    obstacle: ObstacleLeans
    strength: StrengthLeans
    counsel: CounselLeans


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
