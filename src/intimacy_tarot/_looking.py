"""A look at the pictures in words: what several of them show, and what that may say of the couple."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from intimacy_tarot._axes import AxisFile, SeenFile
from intimacy_tarot._facts import WEIGHTS
from intimacy_tarot._pictures import MotifsFile, Pattern, Side
from intimacy_tarot._planned import Names, Planned, Seen, used_names, words_of
from intimacy_tarot._seen import axis_fact, axis_wording, family_seen, number, seen_axis, shown_pictures
from intimacy_tarot._senses import apt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from intimacy_tarot._facts import AxisFact
    from intimacy_tarot._pick import Picker
    from intimacy_tarot._pictures import Family
    from intimacy_tarot._scene import Scene
    from intimacy_tarot._senses import Claim
    from intimacy_tarot._spread import OpenVariant

MOST_LOOK: Final = 40
"""How many words a look at the pictures may come to, if some wording is short enough."""


def told(seen: Seen, scene: Scene) -> tuple[Planned, ...]:
    """Return the sentences for what is seen: a look at the pictures, and a claim about the couple."""
    if seen.kind == "axis":
        return _told_axis(axis_fact(seen, scene), scene)
    if seen.kind == "family":
        return _told_family(seen, scene)
    return _told_motif(seen, scene)


def _told_axis(fact: AxisFact, scene: Scene) -> tuple[Planned, ...]:
    picker, which = scene.picker, fact.axis.value
    read = axis_wording(seen_axis(fact), scene)
    shells = scene.wording("seen", SeenFile)
    axis = read.content
    lead = picker.take(f"{which}.leads", axis.leads)
    names = _axis_names(fact, scene, lead.text, (axis.open, axis.closed, axis.asks))
    known = {name for name, _ in names}
    able = [shell for shell in shells.content.of(fact.pattern) if used_names(shell.text) <= known]
    shell = _short(f"seen.{fact.pattern}", able, names, picker)
    key, claims = _claims(fact, axis, scene)
    claim = picker.take(f"{which}.{key}", apt(claims, scene.senses.values()))
    return (
        Planned("synthesis", shells.file, f"{fact.pattern}.{shell.id}", shell.text, names),
        Planned("synthesis", read.file, f"{key}.{claim.id}", claim.text),
    )


def _claims(fact: AxisFact, axis: AxisFile, scene: Scene) -> tuple[str, tuple[Claim, ...]]:
    """Return what a pattern may say of the couple, with its key; what one odd card says goes by its role."""
    if fact.pattern is Pattern.ONE:
        role = scene.role(fact.odd[0])
        return f"claims.one.{role}.{fact.side}", axis.claims.one.of(role).of(fact.side)
    kind = "even" if fact.pattern is Pattern.EVEN else f"{fact.pattern}_{fact.side}"
    return f"claims.{kind}", getattr(axis.claims, kind)


def _axis_names(fact: AxisFact, scene: Scene, lead: str, said: tuple[str, str, str]) -> Names:
    sights = {sight.id: sight.of(fact.axis) for sight in shown_pictures(scene).content.cards}
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
    file, family = family_seen(seen, scene)
    states = {state.id: state.text for state in family.states}
    clauses = {
        place: states.get(scene.cards[place].card.id) or scene.texts[place].content.state for place in seen.positions
    }
    return _told_among(file, family, clauses, scene)


def _told_among(file: str, family: Family, told: Mapping[str, str], scene: Scene) -> tuple[Planned, ...]:
    picker = scene.picker
    shells = scene.wording("seen", SeenFile)
    clauses = [told[place] for place in _weightiest(list(told), scene)]
    lead = picker.take(f"pictures.families.{family.id}.leads", family.leads)
    names = (
        ("family.lead", lead.text),
        *zip(("family.one", "family.two", "family.three"), clauses, strict=True),
    )
    ends = {*scene.thread.positions} if len(scene.thread.positions) > 1 else {""}
    able = [shell for shell in shells.content.family if not ends <= {*told} or _names_all(shell.text)]
    shell = _short("seen.family", able, names, picker)
    claim = picker.take(f"pictures.families.{family.id}.claims", apt(family.claims, scene.senses.values()))
    return (
        Planned("synthesis", shells.file, f"family.{shell.id}", shell.text, names),
        Planned("synthesis", file, f"families.{family.id}.claims.{claim.id}", claim.text),
    )


def _names_all(text: str) -> bool:
    return "family.two" in used_names(text)


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


def _told_motif(seen: Seen, scene: Scene) -> tuple[Planned, ...]:
    read = scene.pictures("motifs.yaml", MotifsFile)
    assert read is not None, "a motif was seen"
    motif = next(motif for motif in read.content.motifs if motif.id == seen.id)
    variant = scene.picker.take(f"motifs.motifs.{motif.id}.seen", apt(motif.seen, scene.senses.values()))
    key = f"motifs.{motif.id}.seen.{variant.id}"
    return (linked("synthesis", read.file, key, variant.text, seen.positions, scene),)


def linked(kind: str, file: str, key: str, text: str, places: Sequence[str], scene: Scene) -> Planned:
    """Return a wording that names an earlier and a later position, and the cards there."""
    names = []
    for name, place in (("earlier", places[0]), ("later", places[-1])):
        names += [(f"{name}.at", scene.at(place)), (f"{name}.ref", scene.ref(place))]
    return Planned(kind, file, key, text, tuple(names))
