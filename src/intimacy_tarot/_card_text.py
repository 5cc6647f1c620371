"""The authored text of a card: a passage for each role, what joins them, and how the card leans on the others.

Field names are the keys of the YAML files; `Text` says how many words each has room for (EDITORIAL budgets).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from intimacy_tarot._models import FRAGMENT_OF, Keyed, Orientation, Role, Text
from intimacy_tarot._ways import Matter

if TYPE_CHECKING:
    from intimacy_tarot._senses import Move

PERSON_NAMES = ("P", "other", "partner")

RolePassage = Annotated[str, Text(38, 52)]
PersonPassage = Annotated[str, Text(38, 52, PERSON_NAMES)]
Fragment = Annotated[str, Text(4, 10, fragment=True)]
Step = Annotated[str, Text(16, 40)]


@dataclass(frozen=True, slots=True)
class Practice:
    """One small thing to try, always optional."""

    title: Annotated[str, Text(2, 4)]
    text: Annotated[str, Text(28, 42)]
    matters: tuple[Matter, ...] = ()
    """What it lets two people try to deal with in an eased way."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """One sentence on the primary theme in the card's own picture, in each voice."""

    light: Annotated[str, Text(12, 24)]
    shadow: Annotated[str, Text(12, 24)]


@dataclass(frozen=True, slots=True)
class Shown:
    """A way of dealing that a passage shows, and a clause that says how: "the Magician changes the subject"."""

    id: str
    text: Annotated[str, Text(4, 18)]


ShownWays = Annotated[tuple[Shown, ...], Keyed(least=1)]


@dataclass(frozen=True, slots=True)
class Ways:
    """By which ways each passage of an entry deals with things, those on either side of closeness among them."""

    ground: ShownWays
    person: ShownWays
    between: ShownWays
    emotional: ShownWays
    physical: ShownWays
    need: ShownWays
    obstacle: ShownWays
    strength: ShownWays
    counsel: ShownWays


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
    """How a card leans on the others: by which ways its passages deal with things, and, as a trouble, its ways out."""

    ways: Ways
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
