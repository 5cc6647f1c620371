"""One thing to watch from the first line to the last: the card where it turns, and what the opening points to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intimacy_tarot._heed import HeardFile
from intimacy_tarot._models import Role
from intimacy_tarot._pictures import Pattern
from intimacy_tarot._planned import Planned
from intimacy_tarot._seen import axis_fact, axis_wording, voice_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from intimacy_tarot._planned import Seen
    from intimacy_tarot._scene import Scene

LEAST_BEFORE = 2
"""How many pictures must have been alike before one can be said to differ."""


def watched(scene: Scene, seen: Seen | None, turning: Mapping[str, Planned]) -> Iterator[Planned]:
    """Yield the sentence with which the opening tells the reader what to watch, if a card on the way will turn it.

    What is announced and then met only at the end would be a promise half kept. Where a theme was asked
    about, the opening turns to that instead.
    """
    if scene.heard:
        heard = scene.wording("heard", HeardFile)
        turn = scene.picker.take(f"heard.{scene.heard}.turns", heard.content.of(scene.heard).turns)
        key = f"{scene.heard}.turns.{turn.id}"
        yield Planned("opening", heard.file, key, turn.text, theme=scene.heard)
        return
    if seen is not None and turning:
        read = axis_wording(seen, scene)
        watch = scene.picker.take(f"{seen.id}.watch", read.content.watch)
        yield Planned("opening", read.file, f"watch.{watch.id}", watch.text)


def touched(scene: Scene, seen: Seen | None) -> dict[str, Planned]:
    """Return the hinge at the one card that differs, by its position.

    It stands there only where the two pictures before it or more are all otherwise, the card speaks in
    the voice of its side, and the position has no lens; before a counsel there is none.
    """
    if seen is None or seen.pattern != Pattern.ONE:
        return {}
    fact = axis_fact(seen, scene)
    place = fact.odd[0]
    position = scene.position(place)
    agrees = scene.voices[place] is voice_of(fact.side) and position.role is not Role.COUNSEL
    if position.lens or not agrees or fact.seen.index(place) < LEAST_BEFORE:
        return {}
    read = axis_wording(seen, scene)
    touch = scene.picker.take(f"{seen.id}.touches.{fact.side}", read.content.touches.of(fact.side))
    return {place: Planned("hinge", read.file, f"touches.{fact.side}.{touch.id}", touch.text)}
