"""How cards argue: by which ways they deal with things alike or otherwise, and why the step is one for the trouble."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from intimacy_tarot._dealing import part_of, ways_at
from intimacy_tarot._models import Role
from intimacy_tarot._planned import Planned, used_of, words_of
from intimacy_tarot._senses import Move, Snag
from intimacy_tarot._ways import WAYS
from intimacy_tarot._wording import MatterFile

if TYPE_CHECKING:
    from intimacy_tarot._dealing import Dealing
    from intimacy_tarot._scene import Scene

MOST: Final = 60
"""More words than any telling of a matter comes to."""


def argues(scene: Scene) -> bool:
    """Whether the cards argue: the spread has verdicts and a trouble, and all of its cards lean on the others."""
    apt = scene.spread.content.synthesis.verdicts and scene.with_role(Role.OBSTACLE)
    return bool(apt) and all(scene.entry(place).leans for place in scene.cards)


def alike_in(scene: Scene, dealing: Dealing, room: int = MOST) -> list[Planned]:
    """Return how the strained cards deal with a matter, within `room` words or in the shortest way there is."""
    key = ("once", "twice", "thrice")[len(dealing.strained) - 1]
    return [_told(scene, dealing, key, dict(zip(("first", "second", "third"), dealing.strained, strict=False)), room)]


def otherwise_in(scene: Scene, dealing: Dealing, room: int = MOST) -> list[Planned]:
    """Return what it means that another card deals with it otherwise, if one does, as briefly as `room` asks."""
    return [_otherwise(scene, dealing, dealing.eased, room)] if dealing.eased else []


def step_in(scene: Scene, dealing: Dealing | None) -> list[Planned]:
    """Return the counsel's step, as one that deals with the matter otherwise, or as one for the trouble; if any."""
    if dealing and dealing.step:
        return [_otherwise(scene, dealing, dealing.step, MOST)]
    step = step_of(scene)
    return [step] if step else []


def _otherwise(scene: Scene, dealing: Dealing, place: str, room: int) -> Planned:
    position = scene.position(place)
    told = _told(scene, dealing, f"otherwise.{part_of(position)}", {"eased": place}, room)
    return replace(told, owner=position.owner)


def _told(scene: Scene, dealing: Dealing, key: str, places: dict[str, str], room: int) -> Planned:
    read = scene.wording(f"ways/{dealing.matter}", MatterFile)
    names = [(f"{name}.way", _way(scene, dealing, name, place)) for name, place in places.items()]
    words = {it.id: words_of(it.text, used_of(names, it.text)) for it in read.content.of(key)}
    most = max(room, min(words.values()))
    variant = scene.picker.take(f"{dealing.matter}.{key}", read.content.of(key), lambda it: words[it.id] <= most)
    return Planned("synthesis", read.file, f"{key}.{variant.id}", variant.text, used_of(names, variant.text))


def _way(scene: Scene, dealing: Dealing, name: str, place: str) -> str:
    """Return how the card at a position deals with the matter, under the name of the eased one or a strained one's."""
    strained, eased = WAYS[dealing.matter]
    return ways_at(scene, scene.position(place))[eased if name == "eased" else strained]


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
