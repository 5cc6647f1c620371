"""What the synthesis starts from: something seen in the pictures, and what it may say of the couple."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intimacy_tarot._argument import argues
from intimacy_tarot._axes import AxisFile
from intimacy_tarot._models import Role, Voice
from intimacy_tarot._pictures import MotifsFile, Pattern, PicturesFile, Side
from intimacy_tarot._planned import Seen
from intimacy_tarot._thread import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intimacy_tarot._content import Read
    from intimacy_tarot._facts import AxisFact, Link
    from intimacy_tarot._pick import Picker
    from intimacy_tarot._pictures import Family
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._senses import Sense

NOTABLE: Final = 1 / 6
TELLING: Final = (Pattern.SAME, Pattern.TURN)
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def seen_of(scene: Scene) -> Seen | None:
    """Return what the synthesis looks at.

    A family that has both ends of a tension comes first, since one look then serves for both. Otherwise nothing is
    looked at where the cards argue: things that happen to be alike would lead away from that. Where they do not, all
    pictures alike on an axis, or a turn in them, come next if that is rare, and then what the seed chooses among the
    kinds that are there: a family of three or more, a motif of exactly two that has something to say to a trouble on
    the table, and whatever axis says most, the ones with a single odd picture first and the even ones last.
    """
    ends = set(scene.thread.positions)
    threaded = [link for link in scene.facts.families if ends <= set(link.positions)]
    if scene.thread.line is Line.TENSION and threaded:
        return _one_of([_of_link("family", link) for link in threaded], scene.picker)
    if argues(scene):
        return None
    axes = sorted((axis for axis in scene.facts.axes if _agrees(axis, scene)), key=_weight)
    rare = [axis for axis in axes if axis.pattern in TELLING and axis.chance <= NOTABLE]
    if rare:
        return seen_axis(min(rare, key=lambda axis: axis.chance))
    return _any_of(axes, scene)


def _any_of(axes: Sequence[AxisFact], scene: Scene) -> Seen | None:
    kinds = {
        "axis": [seen_axis(axis) for axis in axes[:1]],
        "family": [_of_link("family", link) for link in scene.facts.families],
        "motif": [_of_link("motif", link) for link in _speaking(scene)],
    }
    there = [kind for kind, found in kinds.items() if found]
    return _one_of(kinds[scene.picker.chance("seen", there)], scene.picker) if there else None


def _speaking(scene: Scene) -> list[Link]:
    """Return the motifs of exactly two cards that have something to say to a trouble on the table, or to any."""
    read = scene.pictures("motifs.yaml", MotifsFile)
    seen = {motif.id: motif.seen for motif in read.content.motifs} if read else {}
    troubles = troubles_of(scene)
    twos = [link for link in scene.facts.motifs if len(link.positions) == 2]
    return [link for link in twos if not troubles or any(troubles & {*it.snags} for it in seen.get(link.id, ()))]


def _one_of(found: Sequence[Seen], picker: Picker) -> Seen:
    by_id = {seen.id: seen for seen in found}
    return by_id[picker.chance("seen.id", sorted(by_id))]


def _agrees(axis: AxisFact, scene: Scene) -> bool:
    """Whether what is seen can be told beside what is read.

    Odd cards speak in the voice of their side. One odd card at an obstacle, a strength or a counsel need
    not, since what it may say is written for that place.
    """
    if axis.pattern is Pattern.SAME:
        return len(axis.seen) == len(scene.cards)
    if axis.pattern is Pattern.TURN and (axis.side is Side.CLOSED or axis.seen[-1] != list(scene.cards)[-1]):
        return False  # a turn is told only toward the open, and only when the last card has turned
    if axis.pattern is Pattern.ONE and scene.role(axis.odd[0]) in (Role.OBSTACLE, Role.STRENGTH, Role.COUNSEL):
        return True
    return all(scene.voices[place] is voice_of(axis.side) for place in axis.odd)


def voice_of(side: Side) -> Voice:
    """Return the voice that goes with a side: light with an open one."""
    return Voice.LIGHT if side is Side.OPEN else Voice.SHADOW


def _weight(axis: AxisFact) -> tuple[int, float]:
    return {Pattern.ONE: 0, Pattern.EVEN: 2}.get(axis.pattern, 1), axis.chance


def seen_axis(axis: AxisFact) -> Seen:
    return Seen("axis", axis.axis.value, axis.seen, axis.pattern.value)


def _of_link(kind: str, link: Link) -> Seen:
    return Seen(kind, link.id, link.positions)


def axis_fact(seen: Seen, scene: Scene) -> AxisFact:
    """Return the fact of the axis that is seen."""
    return next(fact for fact in scene.facts.axes if fact.axis.value == seen.id)


def axis_wording(seen: Seen, scene: Scene) -> Read[AxisFile]:
    """Return the wording of the axis that is seen."""
    return scene.wording(f"axes/{seen.id}", AxisFile)


def family_seen(seen: Seen, scene: Scene) -> tuple[str, Family]:
    """Return the family that is seen, with its file."""
    read = shown_pictures(scene)
    return read.file, next(family for family in read.content.families if family.id == seen.id)


def troubles_of(scene: Scene) -> set[Sense]:
    """Return the kinds of trouble that the obstacles name."""
    senses = scene.senses
    return {senses[position.id] for position in scene.with_role(Role.OBSTACLE) if position.id in senses}


def shown_pictures(scene: Scene) -> Read[PicturesFile]:
    read = scene.pictures("pictures.yaml", PicturesFile)
    assert read is not None, "something was seen in the pictures"
    return read


def number(count: int) -> str:
    """Return a count as a word up to ten, and in digits beyond.

    >>> number(6), number(12)
    ('six', '12')
    """
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
