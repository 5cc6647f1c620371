"""What is rare enough in a draw to be worth noticing, and the sentences that notice it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from intimacy_tarot._counted import Counted
from intimacy_tarot._models import Role
from intimacy_tarot._patterns import FAMILIES, FILES, family
from intimacy_tarot._planned import Planned, used_names
from intimacy_tarot._seen import number
from intimacy_tarot._wording import InVoices

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from intimacy_tarot._content import Read
    from intimacy_tarot._counted import Odds
    from intimacy_tarot._planned import Names, Seen
    from intimacy_tarot._scene import Scene

MANY_CARDS: Final = 10
"""From so many cards on, more is there to be seen, and the gate is narrower."""

LEAST_ABSENT: Final = 2
"""How many elements must be missing before it is said."""

MOST_MAJORS: Final = 2
"""How many cards without a suit may lie there when it is said, since a picture may show what its element is not."""

_PLACES: Final = {
    Counted.SAME_COURT: ("first", "last"),
    Counted.PARTNERS_SAME_SUIT: ("reader", "partner"),
    Counted.PARTNERS_SAME_RANK: ("reader", "partner"),
    Counted.REMEDY_NAMED: ("obstacle", "counsel"),
    Counted.SAME_ROAD: ("obstacle", "counsel"),
}


def gate(cards: int) -> float:
    """Return the chance up to which a pattern is notable, by how many cards were drawn.

    >>> round(gate(6), 3), gate(10)
    (0.167, 0.1)
    """
    return 1 / 10 if cards >= MANY_CARDS else 1 / 6


def notable(scene: Scene, seen: Seen | None) -> Odds | None:
    """Return what is rare enough to be named, the rarest of what has words if there are several, or None.

    Of two that are as rare, one that touches an obstacle or a counsel is named. A suit that is counted
    is not named where its own things are looked at, and neither it nor a theme that two places share is
    named on the very cards of the thread, which tells of them itself. Elements are said to be absent only where nearly
    every card has a suit, since a reader sees water in pictures that tarot counts as air.
    """
    touching = {position.id for role in (Role.OBSTACLE, Role.COUNSEL) for position in scene.with_role(role)}
    rare = [odds for odds in scene.facts.odds if odds.chance <= gate(len(scene.cards)) and not _left(odds, scene, seen)]
    return min(rare, key=lambda odds: (odds.chance, not touching & set(odds.positions)), default=None)


def _left(odds: Odds, scene: Scene, seen: Seen | None) -> bool:
    if not any(odds.what in kinds for kinds in FAMILIES.values()):
        return True
    if odds.what is Counted.ELEMENTS_ABSENT:
        return odds.count < LEAST_ABSENT or scene.facts.majors > MOST_MAJORS
    told = set(odds.positions) == set(scene.thread.positions)
    if odds.what is Counted.REMEDY_NAMED:
        return told
    return odds.what is Counted.SUIT_MANY and (told or (seen is not None and seen.kind == "family"))


def named(scene: Scene, odds: Odds) -> Planned:
    """Return the sentences for what is worth noticing, in the voice of the thread."""
    group = family(odds.what)
    read: Read[Any] = scene.wording(f"patterns/{group}", FILES[group])
    key, found = odds.what.value, getattr(read.content, odds.what.value)
    if not isinstance(found, InVoices):
        key, found = f"{key}.{odds.of}", getattr(found, str(odds.of))
    key = f"{key}.{scene.thread.voice}"
    variant = scene.picker.take(f"{group}.{key}", found.of(scene.thread.voice))
    names = tuple(name for name in _names(scene, odds) if name[0] in used_names(variant.text))
    return Planned("pattern", read.file, f"{key}.{variant.id}", variant.text, names)


def _names(scene: Scene, odds: Odds) -> Names:
    names = [("count.seen", number(odds.count)), ("count.all", number(len(scene.cards)))]
    if odds.what is Counted.ELEMENTS_ABSENT:
        names.append(("absent.elements", _listed(str(odds.of).split())))
    if odds.what is Counted.NUMBER_REPEAT:
        card = scene.cards[odds.positions[0]].card
        names += [("number.word", number(int(str(odds.of)))), ("number.meaning", card.number_meaning)]
    return (*names, *_places(scene, odds))


def _places(scene: Scene, odds: Odds) -> Iterator[tuple[str, str]]:
    for name, place in zip(_PLACES.get(odds.what, ()), (odds.positions[:1] + odds.positions[-1:]), strict=False):
        yield f"{name}.ref", scene.ref(place)
        yield f"{name}.at", scene.at(place)


def _listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
