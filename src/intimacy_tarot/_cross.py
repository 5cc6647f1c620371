"""What one file cannot know of itself while it is read: names, ids and counts that must agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from intimacy_tarot._axes import FAMILY, SEEN, SeenFile
from intimacy_tarot._counted import Counted
from intimacy_tarot._errors import guess
from intimacy_tarot._models import Orientation, Role
from intimacy_tarot._patterns import PATTERN, PlacesFile, TableFile
from intimacy_tarot._pictures import EARLIER_LATER, PAIR, MotifsFile, PairsFile, PicturesFile
from intimacy_tarot._senses import SENSES_OF, OpenClaim
from intimacy_tarot._spread import Answer, Frame, Opening, OpenVariant, Spread, SpreadFile
from intimacy_tarot._template import faults
from intimacy_tarot._ways import EASED, STRAINED
from intimacy_tarot._wording import DEALT, HEADINGS, THREAD, HeadingsFile, MatterFile, ThreadFile

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from intimacy_tarot._card_text import CardText, Ways
    from intimacy_tarot._models import DeckFile

T = TypeVar("T")


class Fault(NamedTuple):
    """A fault at a path inside a file, before its place is known."""

    path: str
    code: str
    message: str
    hint: str = ""


Check = Callable[[T], Iterator[Fault]]


def spread_faults(content: SpreadFile) -> Iterator[Fault]:
    """Yield what is wrong between the parts of a spread."""
    spread = Spread("", "", "", content)
    names = spread.names()
    yield from _template_faults("synthesis.answers", content.synthesis.answers, names)
    yield from _template_faults("synthesis.closings", content.synthesis.closings, names)
    yield from _template_faults("synthesis.verdicts", content.synthesis.verdicts, names)
    if not any(opening.free for opening in content.openings):
        yield Fault("openings", "too-few", "found no opening without senses and matters, expected one for any draw")
    yield from _sense_faults("openings", content.openings, content)
    for key in ("answers", "verdicts"):
        yield from _answer_faults(f"synthesis.{key}", getattr(content.synthesis, key), content)
    seen: dict[tuple[int, int], str] = {}
    for position in content.positions:
        path = f"positions.{position.id}"
        yield from _template_faults(f"{path}.frames", position.frames, spread.names(before=position.id))
        if min(position.cell) < 1:
            yield Fault(
                f"{path}.cell",
                "grid",
                f"found the cell {list(position.cell)}, expected columns and rows from 1",
            )
        if position.rotate not in (0, 90):
            yield Fault(f"{path}.rotate", "grid", f"found {position.rotate} degrees, expected 0 or 90")
        first = seen.setdefault(position.cell, position.id)
        if first != position.id and not position.rotate:
            yield Fault(f"{path}.cell", "grid", f"found the cell of {first!r} again, expected another, or rotate: 90")


def _answer_faults(path: str, answers: Sequence[Answer], content: SpreadFile) -> Iterator[Fault]:
    """Yield a fault for each position or sense that an answer asks for and the spread has not."""
    known = [position.id for position in content.positions]
    for answer in answers:
        for voice, places in (("light", answer.light), ("shadow", answer.shadow)):
            at = f"{path}.{answer.id}.{voice}"
            yield from (fault for it in places for fault in unknown_id(at, "position", it, known))
        yield from _sense_faults(path, [answer], content)


def _sense_faults(path: str, wordings: Sequence[Answer | Opening], content: SpreadFile) -> Iterator[Fault]:
    """Yield a fault for each sense that a wording asks for and no position of the spread can have."""
    named = {f"{it.id}.{sense}" for it in content.positions for sense in SENSES_OF.get(it.role, ())}
    for it in wordings:
        at = f"{path}.{it.id}.senses"
        yield from (fault for sense in it.senses for fault in unknown_id(at, "sense", sense, named))


def deck_faults(content: DeckFile) -> Iterator[Fault]:
    """Yield what is wrong between the parts of a manifest."""
    if content.extends is None and not content.cards:
        yield Fault("", "no-cards", "found no cards, expected cards, or a deck to extend")
    if content.keep and content.extends is None:
        yield Fault("keep", "keep", "found cards to keep, expected a deck to extend")
    for card, count in Counter(content.keep).items():
        if count > 1:
            yield Fault("keep", "keep", f"found {card!r} to keep {count} times, expected it once")


def seen_faults(content: SeenFile) -> Iterator[Fault]:
    """Yield what is wrong with the shells for what is seen."""
    for pattern in ("one", "same", "turn", "few", "even"):
        yield from _template_faults(pattern, getattr(content, pattern), SEEN)
    yield from _template_faults("family", content.family, FAMILY)


def thread_faults(content: ThreadFile) -> Iterator[Fault]:
    """Yield what is wrong with the wording of threads."""
    for line, names in THREAD.items():
        yield from _nested_faults(line, getattr(content, line), names)


def matter_faults(content: MatterFile) -> Iterator[Fault]:
    """Yield what is wrong with the wording about a matter."""
    for key, names in DEALT.items():
        yield from _nested_faults(key, getattr(content, key), names)


def card_text_faults(content: CardText) -> Iterator[Fault]:
    """Yield a fault for each way of dealing that there is not, or that no passage in that role can show."""
    for orientation in Orientation:
        if leans := content.entry(orientation).leans:
            yield from _way_faults(f"{orientation}.leans.ways", leans.ways)


def _way_faults(path: str, ways: Ways) -> Iterator[Fault]:
    """Yield them; a trouble shows strained ways, a wish, what helps and a step eased ones, the others either."""
    for field in fields(ways):
        known = _OF_ROLE.get(field.name, STRAINED | EASED)
        for it in getattr(ways, field.name):
            yield from unknown_id(f"{path}.{field.name}.{it.id}", "way", it.id, known)


_OF_ROLE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {Role.OBSTACLE: STRAINED, Role.NEED: EASED, Role.STRENGTH: EASED, Role.COUNSEL: EASED}
)


def pattern_faults(content: TableFile | PlacesFile) -> Iterator[Fault]:
    """Yield what is wrong with the wording of patterns."""
    for kind in fields(content):
        yield from _nested_faults(kind.name, getattr(content, kind.name), PATTERN[Counted(kind.name)])


def pairs_faults(content: PairsFile) -> Iterator[Fault]:
    """Yield what is wrong with the hinges of pairs."""
    for pair in content.pairs:
        if pair.cards[0] == pair.cards[1]:
            yield Fault(f"pairs.{pair.id}.cards", "too-few", "found one card twice, expected two")
        yield from _template_faults(f"pairs.{pair.id}.hinges", pair.hinges, PAIR)


def pictures_faults(content: PicturesFile) -> Iterator[Fault]:
    """Yield what is wrong with the cards of families."""
    for family in content.families:
        members = set(family.members)
        if len(members) < 3:
            message = f"found {len(members)} cards, expected three or more in cards and states together"
            yield Fault(f"families.{family.id}", "too-few", message)
        for card, count in Counter(family.members).items():
            if count > 1:
                yield Fault(f"families.{family.id}", "member", f"found {card!r} {count} times, expected it once")


def motifs_faults(content: MotifsFile) -> Iterator[Fault]:
    """Yield what is wrong with the wording of motifs."""
    for motif in content.motifs:
        yield from _template_faults(f"motifs.{motif.id}.seen", motif.seen, EARLIER_LATER)
        if len(set(motif.cards)) < 2:
            yield Fault(f"motifs.{motif.id}.cards", "too-few", "found fewer than two cards, expected two or more")


def headings_faults(content: HeadingsFile) -> Iterator[Fault]:
    """Yield what is wrong with the fixed words between the parts."""
    for key, names in HEADINGS.items():
        for _, message, hint in faults(getattr(content, key), names):
            yield Fault(key, "template", message, hint)


def unknown_id(path: str, what: str, found: str, known: Collection[str]) -> Iterator[Fault]:
    """Yield a fault unless an id is one of the known ones."""
    if found not in known:
        yield Fault(path, "unknown-id", f"found the {what} {found!r}, expected one that exists", guess(found, known))


def _template_faults(
    path: str, variants: Sequence[OpenVariant | OpenClaim | Answer | Frame], names: Mapping[str, Collection[str]]
) -> Iterator[Fault]:
    for variant in variants:
        for _, message, hint in faults(variant.text, names):
            yield Fault(f"{path}.{variant.id}", "template", message, hint)


def _nested_faults(path: str, content: Any, names: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Yield the faults of wordings, by themselves or by suit, element, rank and voice."""
    if isinstance(content, tuple):
        yield from _template_faults(path, content, names)
        return
    for field in fields(content):
        yield from _nested_faults(f"{path}.{field.name}", getattr(content, field.name), names)
