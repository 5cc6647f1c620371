"""What the synthesis starts from: something seen in the pictures, and what it may say of the couple."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from intimacy_tarot._axes import AxisFile, SeenFile
from intimacy_tarot._facts import WEIGHTS
from intimacy_tarot._models import Role, Voice
from intimacy_tarot._pictures import MotifsFile, Pattern, PicturesFile, Side
from intimacy_tarot._planned import Names, Planned, Seen, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from intimacy_tarot._content import Read
    from intimacy_tarot._facts import AxisFact, Link
    from intimacy_tarot._pick import Picker
    from intimacy_tarot._pictures import Family
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._senses import Claim
    from intimacy_tarot._spread import OpenVariant

NOTABLE: Final = 1 / 6
MOST_LOOK: Final = 40
"""How many words a look at the pictures may come to, if some wording is short enough."""

TELLING: Final = (Pattern.SAME, Pattern.TURN, Pattern.ONE)
NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_TAG: Final = re.compile(r"\{[{%].*?[%}]\}")
_NAME: Final = re.compile(r"(\w+)\s*\.\s*(\w+)")


def seen_of(scene: Scene) -> Seen | None:
    """Return what the synthesis looks at, the rarest thing first.

    A family that has both ends of the thread comes first, since one look then serves for both, and then
    a telling pattern on an axis. Where there is neither, the seed chooses between a family of three or more
    and whatever axis says most, the ones with a single odd picture first and the even ones last; and where
    there is none of these, a motif of exactly two is looked at.
    """
    facts, picker = scene.facts, scene.picker
    ends = set(scene.thread.positions)
    if len(ends) > 1 and (threaded := [link for link in facts.families if ends <= set(link.positions)]):
        return _one_of([_of_link("family", link) for link in threaded], picker)
    axes = sorted((axis for axis in facts.axes if _agrees(axis, scene)), key=_weight)
    telling = [axis for axis in axes if axis.pattern in TELLING and axis.chance <= NOTABLE]
    if telling:
        return _of_axis(min(telling, key=lambda axis: axis.chance))
    kinds = {
        "axis": [_of_axis(axis) for axis in axes[:1]],
        "family": [_of_link("family", link) for link in facts.families],
    }
    there = [kind for kind, found in kinds.items() if found]
    if there:
        return _one_of(kinds[picker.chance("seen", there)], picker)
    motifs = [_of_link("motif", link) for link in facts.motifs if len(link.positions) == 2]
    return _one_of(motifs, picker) if motifs else None


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


def _of_axis(axis: AxisFact) -> Seen:
    return Seen("axis", axis.axis.value, axis.seen, axis.pattern.value)


def _of_link(kind: str, link: Link) -> Seen:
    return Seen(kind, link.id, link.positions)


def told(seen: Seen, scene: Scene) -> tuple[Planned, ...]:
    """Return the sentences for what is seen: a look at the pictures, and a claim about the couple."""
    if seen.kind == "axis":
        return _told_axis(axis_fact(seen, scene), scene)
    if seen.kind == "family":
        return _told_family(seen, scene)
    return _told_motif(seen, scene)


def axis_fact(seen: Seen, scene: Scene) -> AxisFact:
    """Return the fact of the axis that is seen."""
    return next(fact for fact in scene.facts.axes if fact.axis.value == seen.id)


def axis_wording(seen: Seen, scene: Scene) -> Read[AxisFile]:
    """Return the wording of the axis that is seen."""
    return scene.wording(f"axes/{seen.id}", AxisFile)


def family_seen(seen: Seen, scene: Scene) -> tuple[str, Family]:
    """Return the family that is seen, with its file."""
    read = _pictures(scene)
    return read.file, next(family for family in read.content.families if family.id == seen.id)


def _told_axis(fact: AxisFact, scene: Scene) -> tuple[Planned, ...]:
    picker, which = scene.picker, fact.axis.value
    read = axis_wording(_of_axis(fact), scene)
    shells = scene.wording("seen", SeenFile)
    axis = read.content
    lead = picker.take(f"{which}.leads", axis.leads)
    names = _axis_names(fact, scene, lead.text, (axis.open, axis.closed, axis.asks))
    known = {name for name, _ in names}
    able = [shell for shell in shells.content.of(fact.pattern) if used_names(shell.text) <= known]
    shell = _short(f"seen.{fact.pattern}", able, names, picker)
    key, claims = _claims(fact, axis, scene)
    claim = picker.take(f"{which}.{key}", _apt(claims, scene))
    return (
        Planned("synthesis", shells.file, f"{fact.pattern}.{shell.id}", shell.text, names),
        Planned("synthesis", read.file, f"{key}.{claim.id}", claim.text),
    )


def _apt(claims: Sequence[Claim], scene: Scene) -> Sequence[Claim]:
    """Return the claims that speak to a trouble on the table, or else all of them."""
    senses = scene.senses()
    troubles = {senses.get(position.id) for position in scene.with_role(Role.OBSTACLE)}
    return [claim for claim in claims if troubles & {*claim.snags}] or claims


def _claims(fact: AxisFact, axis: AxisFile, scene: Scene) -> tuple[str, tuple[Claim, ...]]:
    """Return what a pattern may say of the couple, with its key; what one odd card says goes by its role."""
    if fact.pattern is Pattern.ONE:
        role = scene.role(fact.odd[0])
        return f"claims.one.{role}.{fact.side}", axis.claims.one.of(role).of(fact.side)
    kind = "even" if fact.pattern is Pattern.EVEN else f"{fact.pattern}_{fact.side}"
    return f"claims.{kind}", getattr(axis.claims, kind)


def _axis_names(fact: AxisFact, scene: Scene, lead: str, said: tuple[str, str, str]) -> Names:
    sights = {sight.id: sight.of(fact.axis) for sight in _pictures(scene).content.cards}
    sides = {place: sights[scene.cards[place].card.id] for place in fact.seen}
    other = fact.odd if fact.pattern in (Pattern.ONE, Pattern.FEW, Pattern.TURN) else ()
    if fact.pattern is Pattern.EVEN:
        other = tuple(place for place, sight in sides.items() if sight.side is Side.OPEN)
    most = tuple(place for place in fact.seen if place not in other)
    open_is_most = sides[most[0]].side is Side.OPEN
    names = [
        ("axis.lead", lead),
        ("axis.asks", said[2]),
        ("axis.most", said[0] if open_is_most else said[1]),
        ("axis.other", said[1] if open_is_most else said[0]),
        ("most.at", scene.at(most[0])),
    ]
    if len(fact.seen) == len(scene.cards):  # a count that passed a picture over would not be true of the table
        names += [("count.all", number(len(fact.seen))), ("count.most", number(len(most)))]
        names.append(("count.other", number(len(other))))
    for group, places in (("most", most), ("other", other)):
        numbered = zip(("one", "two", "three"), places, strict=False)
        names += [(f"{group}.{number}", sides[place].clause or "") for number, place in numbered]
    if other:
        names.append(("other.at", scene.at(other[0])))
    return tuple(names)


def _told_family(seen: Seen, scene: Scene) -> tuple[Planned, ...]:
    picker = scene.picker
    file, family = family_seen(seen, scene)
    shells = scene.wording("seen", SeenFile)
    states = {state.id: state.text for state in family.states}
    clauses = [
        states.get(scene.cards[place].card.id) or scene.texts[place].content.state
        for place in _weightiest(seen.positions, scene)
    ]
    lead = picker.take(f"pictures.families.{family.id}.leads", family.leads)
    names = (
        ("family.lead", lead.text),
        *zip(("family.one", "family.two", "family.three"), clauses, strict=True),
    )
    shell = _short("seen.family", shells.content.family, names, picker)
    claim = picker.take(f"pictures.families.{family.id}.claims", _apt(family.claims, scene))
    return (
        Planned("synthesis", shells.file, f"family.{shell.id}", shell.text, names),
        Planned("synthesis", file, f"families.{family.id}.claims.{claim.id}", claim.text),
    )


def _short(slot: str, shells: Sequence[OpenVariant], names: Names, picker: Picker) -> OpenVariant:
    """Return a way of setting the pictures side by side that stays short with these clauses, or the shortest."""
    words = {shell.id: words_of(shell.text, names) for shell in shells}
    most = max(MOST_LOOK, min(words.values(), default=0))
    return picker.take(slot, shells, lambda shell: words[shell.id] <= most)


def _weightiest(places: Sequence[str], scene: Scene) -> list[str]:
    """Return the three places that weigh most in a reading, in the order of the reading."""
    weights = {position.id: WEIGHTS[position.role] for position in scene.spread.positions}
    heaviest = sorted(places, key=lambda place: -weights[place])[:3]
    return [place for place in places if place in heaviest]


def _pictures(scene: Scene) -> Read[PicturesFile]:
    read = scene.pictures("pictures.yaml", PicturesFile)
    assert read is not None, "something was seen in the pictures"
    return read


def _told_motif(seen: Seen, scene: Scene) -> tuple[Planned, ...]:
    read = scene.pictures("motifs.yaml", MotifsFile)
    assert read is not None, "a motif was seen"
    motif = next(motif for motif in read.content.motifs if motif.id == seen.id)
    variant = scene.picker.take(f"motifs.motifs.{motif.id}.seen", motif.seen)
    key = f"motifs.{motif.id}.seen.{variant.id}"
    return (linked("synthesis", read.file, key, variant.text, seen.positions, scene),)


def linked(kind: str, file: str, key: str, text: str, places: Sequence[str], scene: Scene) -> Planned:
    """Return a wording that names an earlier and a later position, and the cards there."""
    names = []
    for name, place in (("earlier", places[0]), ("later", places[-1])):
        names += [(f"{name}.at", scene.at(place)), (f"{name}.ref", scene.ref(place))]
    return Planned(kind, file, key, text, tuple(names))


def used_names(text: str) -> set[str]:
    """Return the names with their attributes that a wording fills in.

    >>> sorted(used_names("{{ most.one | cap_first }}, and {{ most.two }}."))
    ['most.one', 'most.two']
    """
    return {f"{name}.{attribute}" for tag in _TAG.findall(text) for name, attribute in _NAME.findall(tag)}


def number(count: int) -> str:
    """Return a count as a word up to ten, and in digits beyond.

    >>> number(6), number(12)
    ('six', '12')
    """
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def used_of(names: Sequence[tuple[str, str]], text: str) -> Names:
    """Return those of the names that a wording uses.

    >>> used_of([("window.gift", "a slow hand"), ("wall.snag", "a closed face")], "There may be {{ window.gift }}.")
    (('window.gift', 'a slow hand'),)
    """
    used = used_names(text)
    return tuple((name, said) for name, said in names if name in used)
