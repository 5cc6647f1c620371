"""How the other cards lean on a trouble, and what it comes to in the end: each in words written for its own card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intimacy_tarot._models import Role
from intimacy_tarot._pick import Choice
from intimacy_tarot._planned import Planned
from intimacy_tarot._senses import Snag

if TYPE_CHECKING:
    from collections.abc import Collection

    from intimacy_tarot._card_text import ToKnot
    from intimacy_tarot._models import Knot
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._spread import Position

LEANING: Final = (Role.PERSON, Role.NEED, Role.STRENGTH)
"""The roles whose cards lean on a trouble where they lie."""


def leans_of(scene: Scene, taken: Collection[str], room: int) -> dict[str, Planned]:
    """Return the hinges by which cards lean on a trouble, by position, as many as there is `room` for.

    The first is how what lies underneath could have led to it, at the later of the two. Then comes, by the seed, one
    who comes to it, what is wished for, or what helps, of the cards that are laid after it. None stands at a position
    that is `taken`, or that has a lens, and no wish leans where one is weighed in the last paragraph.
    """
    order = list(scene.cards)
    troubles = [order.index(position.id) for position in scene.with_role(Role.OBSTACLE)]
    later = {
        position.id: hinge
        for position in scene.spread.positions
        if position.role in LEANING and troubles and order.index(position.id) > min(troubles)
        if not position.lens and not (position.role is Role.NEED and _wished(scene))
        if (hinge := _to_trouble(scene, position, "hinge"))
    }
    ranked = [choice.id for choice in scene.picker.ranked("leans", [Choice(place) for place in later])]
    able = [*_led(scene), *((place, later[place]) for place in ranked)]
    return dict([(place, hinge) for place, hinge in able if place not in taken][:room])


def _led(scene: Scene) -> list[tuple[str, Planned]]:
    """Return how the first ground could have led to the first trouble, at the later of the two."""
    grounds, troubles = scene.with_role(Role.GROUND), scene.with_role(Role.OBSTACLE)
    led = _to_trouble(scene, grounds[0], "hinge") if grounds and troubles else None
    return [(max(grounds[0].id, troubles[0].id, key=list(scene.cards).index), led)] if led else []


def found_of(scene: Scene) -> list[Planned]:
    """Return what the deck finds of a trouble: on what lies underneath it, or else by who wishes, and for what.

    There is nothing where the deck has no such words for the cards, or the spread has no trouble.
    """
    if wished := _wished(scene):
        found = _to_trouble(scene, scene.position(wished), "synthesis")
        return [*_who_wishes(scene, scene.position(wished)), found] if found else []
    troubles, grounds = scene.with_role(Role.OBSTACLE), scene.with_role(Role.GROUND)
    trouble = scene.entry(troubles[0].id).leans if troubles and grounds else None
    if trouble is None:
        return []
    voice = scene.voices[grounds[0].id]
    finding = _leaning(scene, troubles[0], str(voice), trouble.obstacle.on(voice), "synthesis")
    ground = scene.entry(grounds[0].id).leans
    return [_leaning(scene, grounds[0], "still", ground.ground.still, "synthesis"), finding] if ground else [finding]


def landing_of(scene: Scene) -> Planned | None:
    """Return why the step that is offered is one for this trouble, or None where there is no step, or no trouble."""
    counsels = scene.with_role(Role.COUNSEL)
    return _to_trouble(scene, counsels[0], "synthesis") if counsels else None


def _wished(scene: Scene) -> str | None:
    """Return the position whose wish answers a spread that has a trouble, and nothing underneath it."""
    needs = scene.with_role(Role.NEED)
    alone = scene.with_role(Role.OBSTACLE) and not scene.with_role(Role.GROUND)
    return needs[0].id if needs and alone else None


def _who_wishes(scene: Scene, wished: Position) -> list[Planned]:
    """Return how the one who wishes meets the trouble, where that card lies before it and could not say so there."""
    order = list(scene.cards)
    first = min(order.index(position.id) for position in scene.with_role(Role.OBSTACLE))
    people = [it for it in scene.with_role(Role.PERSON) if it.owner is wished.owner and order.index(it.id) < first]
    coming = _to_trouble(scene, people[0], "synthesis") if people else None
    return [coming] if coming else []


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
