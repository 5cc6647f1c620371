"""Scenes as a deck gives them whose cards say no more than they must."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from intimacy_tarot._scene import Scene


def bare(scene: Scene, places: Collection[str] | None = None) -> Scene:
    """Return a scene in which the cards at some places, or all, have no lenses and do not say how they lean."""
    found = {}
    for place, read in scene.texts.items():
        entries = {way: replace(getattr(read.content, way), lenses=None, leans=None) for way in ("upright", "reversed")}
        spared = places is not None and place not in places
        found[place] = read if spared else read._replace(content=replace(read.content, **entries))
    return replace(scene, texts=found)
