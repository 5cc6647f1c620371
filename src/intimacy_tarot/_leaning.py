"""How later cards lean on an earlier trouble, and what it comes to in the end: in words written for its own card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intimacy_tarot._models import Role
from intimacy_tarot._pick import Choice
from intimacy_tarot._planned import Planned
from intimacy_tarot._senses import SnagsFile

if TYPE_CHECKING:
    from collections.abc import Collection

    from intimacy_tarot._scene import Scene

LEANING: Final = {Role.NEED: "wish", Role.STRENGTH: "help"}
"""The roles whose cards lean on a trouble, and what is said of it there."""


def leans_of(scene: Scene, taken: Collection[str], room: int) -> dict[str, Planned]:
    """Return the hinges by which later cards take up a trouble, by position, as many as there is `room` for.

    Of each trouble one thing is said at a card that longs and one at a card that helps. None stands at a position
    that is `taken`, or that has a lens.
    """
    order = list(scene.cards)
    able = {
        f"{first.id}.{second.id}": (first.id, second)
        for first in scene.with_role(Role.OBSTACLE)
        for second in scene.spread.positions[order.index(first.id) + 1 :]
        if second.role in LEANING and second.id not in taken and not second.lens
    }
    found: dict[str, Planned] = {}
    for choice in scene.picker.ranked("leans", [Choice(key) for key in able]):
        first, position = able[choice.id]
        hinge = _said(scene, first, LEANING[position.role], "hinge")
        if hinge and len(found) < room and position.id not in found and hinge not in found.values():
            found[position.id] = hinge
    return found


def finding_of(scene: Scene) -> Planned | None:
    """Return what a trouble comes to with what lies underneath, for a spread that has both and a deck that says it."""
    troubles, grounds = scene.with_role(Role.OBSTACLE), scene.with_role(Role.GROUND)
    if not troubles or not grounds:
        return None
    return _said(scene, troubles[0].id, scene.voices[grounds[0].id].value, "synthesis")


def _said(scene: Scene, place: str, facet: str, kind: str) -> Planned | None:
    """Return what the deck says of the trouble at a position, or None where it says nothing."""
    read = scene.pictures("snags.yaml", SnagsFile)
    card = scene.cards[place]
    snags = next((it for it in read.content.cards if it.id == card.card.id), None) if read else None
    if read is None or snags is None:
        return None
    text = getattr(snags.of(card.orientation), facet)
    return Planned(kind, read.file, f"cards.{card.card.id}.{card.orientation}.{facet}", text)
