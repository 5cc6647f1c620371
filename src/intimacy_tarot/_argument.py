"""How cards argue: whence a trouble came, what all of them come to together, and why the step is one for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intimacy_tarot._models import Role
from intimacy_tarot._planned import Planned, used_of
from intimacy_tarot._senses import Move, Snag
from intimacy_tarot._wording import LeadsFile

if TYPE_CHECKING:
    from intimacy_tarot._scene import Scene


def argues(scene: Scene) -> bool:
    """Whether the cards argue: all lean on the others, and a trouble tells its roots or the spread has an argument."""
    if not all(scene.entry(place).leans for place in scene.cards):
        return False
    arguments = scene.spread.content.synthesis.arguments
    return root_of(scene) is not None or any(it.fits(scene.voices, scene.senses) for it in arguments)


def arguments_of(scene: Scene) -> list[Planned]:
    """Return the arguments for this draw: those for what its cards name, or else those for any."""
    arguments = scene.spread.content.synthesis.arguments
    return [scene.joined(f"synthesis.arguments.{it.id}", it.text) for it in scene.fitting(arguments)]


def root_of(scene: Scene) -> Planned | None:
    """Return how the first trouble may have come of the first ground, as the trouble's card tells it.

    It does so in one of two ways, by whether that ground speaks in light or in shadow. It is None where the spread has
    no such two, or the deck does not say it.
    """
    troubles, grounds = scene.with_role(Role.OBSTACLE), scene.with_role(Role.GROUND)
    leans = scene.entry(troubles[0].id).leans if troubles else None
    if leans is None or not grounds:
        return None
    trouble, voice = troubles[0].id, scene.voices[grounds[0].id]
    key = f"{scene.cards[trouble].orientation}.leans.roots.{voice}"
    return Planned("synthesis", scene.texts[trouble].file, key, leans.roots.on(voice))


def step_of(scene: Scene) -> Planned | None:
    """Return why a step of the kind that the counsel offers is one for this trouble, as the trouble's card says.

    It is None where there is no counsel or no trouble, or the deck does not say it.
    """
    troubles = [place for place, sense in scene.senses.items() if isinstance(sense, Snag)]
    moves = [sense for sense in scene.senses.values() if isinstance(sense, Move)]
    leans = scene.entry(troubles[0]).leans if troubles else None
    if leans is None or not moves:
        return None
    key = f"{scene.cards[troubles[0]].orientation}.leans.steps.{moves[0]}"
    return Planned("synthesis", scene.texts[troubles[0]].file, key, leans.steps.to(moves[0]))


def lead_to(scene: Scene, kind: str) -> Planned:
    """Return what calls two cards by name: the trouble with the ground before "roots", the counsel before "steps"."""
    read = scene.wording("leads", LeadsFile)
    lead = scene.picker.take(f"leads.{kind}", getattr(read.content, kind))
    roles = {"ground": Role.GROUND, "trouble": Role.OBSTACLE, "counsel": Role.COUNSEL}
    refs = [(f"{name}.ref", scene.ref(it.id)) for name, role in roles.items() for it in scene.with_role(role)[:1]]
    return Planned("synthesis", read.file, f"{kind}.{lead.id}", lead.text, used_of(refs, lead.text))
