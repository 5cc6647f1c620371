"""Which positions get a frame, which a hinge, and which stand bare."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from intimacy_tarot._argument import argues
from intimacy_tarot._models import DrawnCard, Polarity, Role
from intimacy_tarot._pictures import PairsFile
from intimacy_tarot._planned import Names, Planned, used_names
from intimacy_tarot._spread import Shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from intimacy_tarot._facts import Link
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._spread import Frame, Position

MOST_HINGES = 2
MOST_LEANS = 2
ENOUGH_LEANS = 2
"""How many frames that lean a position needs for one to be preferred there, so that none wears out."""
NOTHING: Final[Mapping[str, Planned]] = MappingProxyType({})


def hinges_of(scene: Scene, spent: Sequence[str], touched: Mapping[str, Planned] = NOTHING) -> dict[str, Planned]:
    """Return the hinges by the later position they stand at: listed pairs, at most two, no card in both.

    Positions in `spent` are those that the synthesis compares by a motif; a hinge does not say that first.
    What is `touched` has its hinge already, and counts; where there is room for one alone, a pair has it. Where the
    cards argue, a pair has a hinge only at a counsel, to which it leads over.
    """
    most = most_hinges(scene, spent)
    found = dict(touched) if most else {}
    read = scene.pictures("pairs.yaml", PairsFile)
    if read is None:
        return found
    pairs = {pair.id: pair for pair in read.content.pairs}
    lensed = [position.id for position in scene.spread.positions if position.lens]
    links = [link for link in scene.facts.pairs if not _said(link, spent) and link.positions[1] not in lensed]
    if argues(scene):
        links = [link for link in links if scene.role(link.positions[1]) is Role.COUNSEL]
    if links and most == 1:
        found = {}
    taken = set(found)
    for link in scene.picker.ranked("hinge", links):
        if taken & set(link.positions) or len(found) == most:
            continue
        taken |= set(link.positions)
        hinge = scene.picker.take(f"pairs.pairs.{link.id}.hinges", pairs[link.id].hinges)
        key = f"pairs.{link.id}.hinges.{hinge.id}"
        names = pair_names(scene, pairs[link.id].cards, link.positions, read.content.here)
        found[link.positions[1]] = Planned("hinge", read.file, key, hinge.text, names)
    return found


def pair_names(scene: Scene, cards: Sequence[str], places: Sequence[str], here: str) -> Names:
    """Return a hinge's names: the earlier card, and the pair's two in the order they are listed in.

    The later card is where the reader is, so that its place is `here`.
    """
    by_card = {scene.cards[place].card.id: place for place in places}
    names = [("earlier.at", scene.at(places[0])), ("earlier.ref", scene.ref(places[0]))]
    for name, card in zip(("first", "second"), cards, strict=True):
        place = by_card[card]
        names += [(f"{name}.at", here if place == places[-1] else scene.at(place)), (f"{name}.ref", scene.ref(place))]
    return tuple(names)


def _said(link: Link, spent: Sequence[str]) -> bool:
    return set(link.positions) <= set(spent)


def most_hinges(scene: Scene, spent: Sequence[str]) -> int:
    """Return how many hinges a draw has room for: one fewer where the synthesis already links two cards."""
    return max(0, min(MOST_HINGES, len(scene.cards) // 3) - bool(spent))


def frames_of(scene: Scene, hinged: Sequence[str], answers: Sequence[set[str]] = ()) -> dict[str, Frame]:
    """Return the frames by position, with the hinges for about half; none where cards argue.

    A card that stands against its position comes first. At the first place beside those, a frame that leans
    on an earlier card is preferred, where there are a few to choose from. At most two lean, and they leave at
    least one of the `answers` free, which are given by the names they say. A frame takes the place of a
    position's lens.

    No two neighbors both have a frame of one shape, none stands beside a hinge at its own position,
    and a passage that is not framed stands bare.
    """
    free = [
        position
        for position in scene.spread.positions
        if position.id not in hinged and not (position.lens and scene.entry(position.id).lenses)
    ]
    against = [position for position in free if stands_against(position, scene.cards[position.id])]
    order = scene.picker.ranked("frames.against", against)
    order += [position for position in scene.picker.ranked("frames", free) if position not in against]
    found: dict[str, Frame] = {}
    for position in order:
        if len(found) == _most_frames(scene, hinged):
            break
        taken = {name for frame in found.values() for name in used_names(frame.text)}
        first = position not in against and not any(place not in against for place in map(scene.position, found))
        open_to = [names for names in answers if not names & taken]
        frame = _frame(scene, position, found, (taken, open_to), leans=first)
        if frame is not None:
            found[position.id] = frame
    return found


def _most_frames(scene: Scene, hinged: Sequence[str]) -> int:
    """Return how many frames there may be: none where the cards argue."""
    if argues(scene):
        return 0
    return max(1, (len(scene.cards) + 1) // 2 - len(hinged))


def stands_against(position: Position, card: DrawnCard) -> bool:
    """Whether a card speaks at a position in another voice than its own."""
    base = card.meaning.polarity
    if position.role is Role.OBSTACLE:
        return base is Polarity.LIGHT
    return position.role in (Role.STRENGTH, Role.COUNSEL) and base is Polarity.SHADOW


def _frame(
    scene: Scene,
    position: Position,
    found: dict[str, Frame],
    said: tuple[set[str], list[set[str]]],
    *,
    leans: bool,
) -> Frame | None:
    card = scene.cards[position.id]
    order = list(scene.cards)
    here = order.index(position.id)
    around = [found[near].shape for near in order[max(0, here - 1) : here + 2] if near in found]
    leaned = sum(frame.shape is Shape.LEAN for frame in found.values())

    def allow(frame: Frame) -> bool:
        if frame.shape is Shape.LEAN and (leaned == MOST_LEANS or not _free(used_names(frame.text), *said)):
            return False
        return frame.when.fits(card.meaning.polarity) and frame.shape not in around

    slot = f"{scene.spread.id}.positions.{position.id}.frames"
    able = [frame for frame in position.frames if allow(frame)]
    leaning = [frame for frame in able if frame.shape is Shape.LEAN]
    preferred = leans and len(leaning) >= ENOUGH_LEANS
    return scene.picker.pick(slot, leaning if preferred else able)


def _free(names: set[str], taken: set[str], answers: list[set[str]]) -> bool:
    """Whether a frame may say these names: no other has said them, and some answer is left that says none."""
    return not names & taken and (not answers or any(not names & said for said in answers))
