"""How the other cards lean on a trouble, and what it comes to in the end: each in words written for its own card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intimacy_tarot._models import Role
from intimacy_tarot._pick import Choice
from intimacy_tarot._planned import Planned
from intimacy_tarot._senses import Snag
from intimacy_tarot._spread import Owner

if TYPE_CHECKING:
    from collections.abc import Collection

    from intimacy_tarot._card_text import ToKnot
    from intimacy_tarot._models import Knot
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._spread import Position

LEANING: Final = (Role.NEED, Role.STRENGTH)
"""The roles whose cards may lean on a trouble where they lie."""

MOST_LEANING: Final = 1
"""How many of them do; a passage that is added to loses its own end."""


def leans_of(scene: Scene, taken: Collection[str], room: int) -> dict[str, Planned]:
    """Return the hinges by which cards lean on a trouble, by position: one at most, where there is `room`.

    By the seed, it is what keeps a wish from being met, or what a gift could do, of the cards that are laid after the
    trouble. None stands at a position that is `taken`, or that has a lens, and no wish leans where one is weighed in
    the last paragraph.
    """
    if not scene.with_role(Role.OBSTACLE):
        return {}
    places, wished = scene.spread.positions, _wished(scene)
    leaning = [role for role in LEANING if role is not Role.NEED or not wished]
    later = {
        position.id: hinge
        for position in places[places.index(scene.with_role(Role.OBSTACLE)[0]) + 1 :]
        if position.role in leaning and not position.lens
        if (hinge := _to_trouble(scene, position, "hinge"))
    }
    ranked = [choice.id for choice in scene.picker.ranked("leans", [Choice(place) for place in later])]
    return dict([(place, later[place]) for place in ranked if place not in taken][: min(room, MOST_LEANING)])


def found_of(scene: Scene) -> list[Planned]:
    """Return what the deck finds of a trouble: on what lies underneath it, or else by what is wished for.

    With it comes how a person meets the trouble: the reader on a ground, or whoever wishes. There is nothing where the
    deck has no such words for the cards, or the spread has no trouble.
    """
    if wished := _wished(scene):
        found = _to_trouble(scene, scene.position(wished), "synthesis")
        return [*_meeting(scene, scene.position(wished).owner), found] if found else []
    troubles, grounds = scene.with_role(Role.OBSTACLE), scene.with_role(Role.GROUND)
    if not troubles or not grounds:
        return []
    grown = _grown(scene, grounds[0], troubles[0])
    return [*grown, *_meeting(scene, Owner.SELF)] if grown else []


def _grown(scene: Scene, ground: Position, trouble: Position) -> list[Planned]:
    """Return how the trouble came of what lies underneath, in the words of the one card or of the other."""
    below, above = scene.entry(ground.id).leans, scene.entry(trouble.id).leans
    if above is None:
        return []
    voice, led = scene.voices[ground.id], _to_trouble(scene, ground, "synthesis")
    finding = _leaning(scene, trouble, str(voice), above.obstacle.on(voice), "synthesis")
    if below is None:
        return [finding]
    if led and scene.picker.chance("leans.grown", (ground.id, trouble.id)) == ground.id:
        return [led]
    return [_leaning(scene, ground, "still", below.ground.still, "synthesis"), finding]


def _meeting(scene: Scene, owner: Owner) -> list[Planned]:
    """Return how the first card of a person meets the trouble, if the spread has one."""
    people = [position for position in scene.with_role(Role.PERSON) if position.owner is owner]
    meeting = _to_trouble(scene, people[0], "synthesis") if people else None
    return [meeting] if meeting else []


def landing_of(scene: Scene) -> Planned | None:
    """Return why the step that is offered is one for this trouble, or None where there is no step, or no trouble."""
    counsels = scene.with_role(Role.COUNSEL)
    return _to_trouble(scene, counsels[0], "synthesis") if counsels else None


def _wished(scene: Scene) -> str | None:
    """Return the position whose wish answers a spread that has a trouble, and nothing underneath it."""
    needs = scene.with_role(Role.NEED)
    alone = scene.with_role(Role.OBSTACLE) and not scene.with_role(Role.GROUND)
    return needs[0].id if needs and alone else None


def knot_of(scene: Scene) -> Knot | None:
    """Return the kind of the first trouble on the table, or None where there is none, or the deck does not say it."""
    return next((sense.knot for sense in scene.senses.values() if isinstance(sense, Snag)), None)


def _to_trouble(scene: Scene, position: Position, kind: str) -> Planned | None:
    """Return what the card at a position says in its role to the kind of trouble there is."""
    knot, leans = knot_of(scene), scene.entry(position.id).leans
    if knot is None or leans is None:
        return None
    said: ToKnot = getattr(leans, position.role.value)
    return _leaning(scene, position, knot.value, said.to(knot), kind)


def _leaning(scene: Scene, position: Position, facet: str, text: str, kind: str) -> Planned:
    """Return a text of a card, with where it stands."""
    key = f"{scene.cards[position.id].orientation}.leans.{position.role}.{facet}"
    return Planned(kind, scene.texts[position.id].file, key, text, owner=position.owner)
