"""Which matter the cards of a draw deal with alike, and where one of them does so otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from intimacy_tarot._models import Role
from intimacy_tarot._spread import Owner
from intimacy_tarot._ways import WAYS, Matter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from intimacy_tarot._scene import Scene
    from intimacy_tarot._spread import Position

MOST_STRAINED: Final = 3
"""How many cards that deal with a thing in the same strained way are named at once."""


@dataclass(frozen=True, slots=True)
class Dealing:
    """A matter that cards deal with alike or otherwise: where it is strained, where it is eased, and as what step."""

    matter: Matter
    strained: tuple[str, ...]
    eased: str | None
    """A position whose card deals with it otherwise, the counsel aside."""
    step: str | None
    """The counsel, where its step would deal with it otherwise."""

    @property
    def id(self) -> str:
        """The matter, by which dealings are ranked."""
        return self.matter

    def __str__(self) -> str:
        strained, eased = WAYS[self.matter]
        others = [place for place in (self.eased, self.step) if place]
        otherwise = f", {eased} ({', '.join(others)})" if others else ""
        return f"{self.matter}, {strained} ({', '.join(self.strained)}){otherwise}"


def dealing_of(scene: Scene) -> Dealing | None:
    """Return the matter that says most of how the cards stand to each other, or None where nothing says enough.

    It is one that the trouble deals with, if there is one, or else one that is strained at two places or more. One that
    is dealt with otherwise elsewhere goes first, then one that the step deals with, then the one that most cards share;
    of several, the seed chooses.
    """
    ranked = scene.picker.ranked("ways", list(_dealings(scene)))
    best = max(ranked, key=lambda it: _weight(scene, it), default=None)
    return best if best and (len(best.strained) > 1 or _troubled(scene, best)) else None


def _weight(scene: Scene, dealing: Dealing) -> tuple[bool, bool, bool, int]:
    elsewhere, stepped = dealing.eased is not None, dealing.step is not None
    return _troubled(scene, dealing), elsewhere, stepped, len(dealing.strained)


def _troubled(scene: Scene, dealing: Dealing) -> bool:
    return any(scene.role(place) is Role.OBSTACLE for place in dealing.strained)


def _dealings(scene: Scene) -> Iterator[Dealing]:
    """Yield each matter that two cards have in common, one of them strained."""
    shown = [(position, {*ways_at(scene, position)}) for position in scene.spread.positions]
    for matter, (strained, eased) in WAYS.items():
        able = [position for position, ways in shown if strained in ways]
        others = [position for position, ways in shown if eased in ways and strained not in ways]
        if able and len(able) + len(others) > 1:
            steps = [position.id for position in others if position.role is Role.COUNSEL]
            elsewhere = _elsewhere(scene, [position for position in others if position.id not in steps])
            yield Dealing(matter, _few(able), elsewhere, steps[-1] if steps else None)


def _few(positions: Sequence[Position]) -> tuple[str, ...]:
    """Return at most three positions in the order they are laid, the trouble's among them."""
    first = sorted(positions, key=lambda position: position.role is not Role.OBSTACLE)[:MOST_STRAINED]
    return tuple(position.id for position in positions if position in first)


def _elsewhere(scene: Scene, positions: Sequence[Position]) -> str | None:
    """Return one of the positions that do otherwise; the reader's own wish, which is one person's, only for want."""
    found = min(scene.picker.ranked("ways.elsewhere", positions), key=_own_wish, default=None)
    return found.id if found else None


def _own_wish(position: Position) -> bool:
    return position.role is Role.NEED and position.owner is Owner.SELF


def ways_at(scene: Scene, position: Position) -> dict[str, str]:
    """Return how the passage at a position deals with things: a clause by each way that it shows."""
    leans = scene.entry(position.id).leans
    shown = getattr(leans.ways, str(position.lens or position.role)) if leans else ()
    return {it.id: it.text for it in shown}


def part_of(position: Position) -> str:
    """Return the part that a position plays for a card that does otherwise: its lens, whose it is, or its role.

    A person's is "person" for the reader and "partner" for the partner; what belongs to both lies between them.
    """
    if position.lens:
        return position.lens.value
    if position.role is Role.PERSON:
        return {Owner.SELF: "person", Owner.PARTNER: "partner", Owner.US: "between"}[position.owner]
    return position.role.value
