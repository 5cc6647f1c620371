"""What the synthesis looks at: the choice among what the pictures share, and sentences that tell it truly."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pytest
import yaml
from bare_cards import bare
from hypothesis import assume, given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._axes import AxisFile, SeenFile
from intimacy_tarot._facts import WEIGHTS, AxisFact, Link, facts_of, pattern_of
from intimacy_tarot._library import pictures, wording
from intimacy_tarot._looking import _told_among, linked, told
from intimacy_tarot._models import Role, Voice
from intimacy_tarot._pick import Picker
from intimacy_tarot._pictures import Axis, MotifsFile, Pattern, PicturesFile, Side
from intimacy_tarot._planned import Seen, used_names
from intimacy_tarot._scene import scene_of
from intimacy_tarot._seen import NOTABLE, NUMBERS, TELLING, _speaking, seen_of
from intimacy_tarot._senses import Snag, apt
from intimacy_tarot._template import render
from intimacy_tarot._thread import Line

SPREADS = ("emotional-block", "foundation", "three-mirrors")
PLACES = ("wall", "root", "guards", "my_side", "window", "first_stone")
LAID = ["The Fool", "The Star", "The Moon rx", "Justice", "The Tower", "The World"]


def _scene(draw, seed=1):
    return scene_of(draw, seed)


@cache
def _base():
    return _scene(tarot.lay("emotional-block", LAID))


def _with(scene, seed=1, **facts):
    """Return a scene with other facts and a fresh picker."""
    return replace(scene, facts=replace(scene.facts, **facts), picker=Picker(seed))


# --- the choice


@st.composite
def _axes(draw):
    """Return facts of some axes on the places of the base scene, at most one place without a side on each."""
    found = []
    for axis in draw(st.lists(st.sampled_from(Axis), max_size=5, unique=True)):
        row = draw(st.lists(st.sampled_from([Side.OPEN, Side.CLOSED]), min_size=6, max_size=6))
        bare = draw(st.sampled_from([None, *PLACES]))
        seen = [(place, side) for place, side in zip(PLACES, row, strict=True) if place != bare]
        pattern, side = pattern_of([side for _, side in seen])
        odd = tuple(place for place, at in seen if at is side)
        found.append(AxisFact(axis, pattern, side, tuple(place for place, _ in seen), odd, draw(st.floats(0, 0.4))))
    return tuple(found)


LINKS = st.lists(
    st.builds(Link, st.sampled_from("abcd"), st.sampled_from([PLACES[:2], PLACES[1:4], PLACES[2:]])),
    max_size=3,
    unique_by=lambda link: link.id,
).map(tuple)


@cache
def _spoken():
    """Return the ids of the deck's motifs, and those that have something to say to the base scene's trouble."""
    motifs = pictures(_base().deck, "motifs.yaml", MotifsFile).content.motifs
    trouble = _base().senses["wall"]
    return [motif.id for motif in motifs], {it.id for it in motifs if any(trouble in seen.snags for seen in it.seen)}


MOTIFS = st.lists(
    st.builds(
        Link,
        st.deferred(lambda: st.sampled_from(_spoken()[0])),
        st.sampled_from([PLACES[:2], PLACES[1:4], PLACES[2:4]]),
    ),
    max_size=3,
    unique_by=lambda link: link.id,
).map(tuple)


def _agrees(axis) -> bool:
    """Return whether what is seen on an axis can stand beside what the cards were read to say."""
    if axis.pattern is Pattern.EVEN:
        return True
    if axis.pattern is Pattern.SAME:
        return axis.seen == PLACES
    if axis.pattern is Pattern.TURN and (axis.side is Side.CLOSED or PLACES[-1] not in axis.seen):
        return False
    if axis.pattern is Pattern.ONE and axis.odd[0] in ("wall", "window", "first_stone"):
        return True  # an obstacle, a strength, a counsel: what it may say is written for that place
    voice = {Side.OPEN: Voice.LIGHT, Side.CLOSED: Voice.SHADOW}[axis.side]
    return {_base().voices[place] for place in axis.odd} == {voice}


def _unthreaded(scene):
    """Return a scene whose thread is at one place."""
    return replace(scene, thread=replace(scene.thread, positions=PLACES[:1], line=Line.SINGLE))


def _telling(axes) -> list:
    return [axis for axis in axes if axis.pattern in TELLING and axis.chance <= 1 / 6]


@given(_axes(), LINKS, LINKS, st.integers(0, 9))
def test_a_rare_likeness_of_all_is_looked_at_first(axes, families, motifs, seed):
    """All one way, or a turn, at one in six or rarer and in accord with the voices, comes before what the seed chooses.

    Where the cards say themselves what the trouble comes to, nothing is pointed out.
    """
    assert NOTABLE == 1 / 6
    scene = _with(_unthreaded(_base()), seed, axes=axes, families=families, motifs=motifs)
    assert seen_of(scene) is None
    telling = _telling(axis for axis in axes if _agrees(axis))
    assume(telling)
    rarest = min(telling, key=lambda axis: axis.chance)
    assert seen_of(bare(scene)) == Seen("axis", rarest.axis.value, rarest.seen, rarest.pattern.value)


@given(_axes(), LINKS, LINKS, st.integers(0, 9))
def test_a_family_with_both_ends_of_a_tension_comes_first(axes, families, motifs, seed):
    """Whatever else is seen, things that are in the strained picture and in the eased one are looked at."""
    scene = _with(_base(), seed, axes=axes, families=families, motifs=motifs)
    scene = replace(scene, thread=replace(scene.thread, positions=PLACES[:2], line=Line.TENSION))
    both = [link for link in families if set(PLACES[:2]) <= set(link.positions)]
    assume(both)
    seen = seen_of(scene)
    assert seen.kind == "family"
    assert Link(seen.id, seen.positions) in both


@given(_axes(), LINKS, MOTIFS, st.integers(0, 9))
def test_where_the_cards_find_nothing_the_kinds_have_equal_say(axes, families, motifs, seed):
    """The seed picks a kind that is there: a family, a motif for the trouble, an axis with one odd picture first."""
    seen = seen_of(_with(_unthreaded(bare(_base())), seed, axes=axes, families=families, motifs=motifs))
    axes = [axis for axis in axes if _agrees(axis)]
    assume(not _telling(axes))
    motifs = [link for link in motifs if len(link.positions) == 2 and link.id in _spoken()[1]]
    odd = [axis for axis in axes if axis.pattern is Pattern.ONE]
    there = {kind for kind, found in (("axis", axes), ("family", families), ("motif", motifs)) if found}
    if not there:
        assert seen is None
        return
    assert seen.kind == Picker(seed).chance("seen", sorted(there))
    if seen.kind == "axis":
        uneven = [axis for axis in axes if axis.pattern is not Pattern.EVEN]
        most = min(odd or uneven or axes, key=lambda axis: axis.chance)
        assert (seen.id, seen.positions, seen.pattern) == (most.axis.value, most.seen, most.pattern.value)
    else:
        assert Link(seen.id, seen.positions) in {"family": families, "motif": motifs}[seen.kind]
        assert seen.pattern is None


def test_every_kind_gets_its_turn():
    """Over a hundred seeds, a draw with all three kinds is looked at in each of the three ways."""
    axis = AxisFact(Axis.EYES, Pattern.ONE, Side.OPEN, PLACES, ("window",), 0.5)
    links = tuple(Link(motif, PLACES[:2]) for motif in sorted(_spoken()[1])[:2])
    base = _unthreaded(bare(_base()))
    kinds = [seen_of(_with(base, seed, axes=(axis,), families=links, motifs=links)) for seed in range(100)]
    assert {seen.kind for seen in kinds} == {"axis", "family", "motif"}
    assert {seen.id for seen in kinds} == {"eyes", *sorted(_spoken()[1])[:2]}
    untold = tuple(Link(motif, PLACES[:2]) for motif in _spoken()[0] if motif not in _spoken()[1])
    assert untold
    assert _speaking(_with(base, motifs=untold)) == []
    assert seen_of(_with(base, axes=(), families=(), motifs=untold)) is None


# --- the telling of an axis


@cache
def _drawn():
    """Return 400 draws of each of three spreads, with their facts."""
    draws = [tarot.draw(spread, seed=seed) for seed in range(400) for spread in SPREADS]
    return [(draw, facts_of(draw)) for draw in draws]


@cache
def _axis_facts():
    """Return a scene for every (axis, pattern, side, count) that those draws show and that is told, with its fact."""
    found = {}
    for draw, facts in _drawn():
        for fact in facts.axes:
            key = (fact.axis, fact.pattern, fact.side, len(fact.seen))
            untold = key[1:3] == (Pattern.TURN, Side.CLOSED)
            if key not in found and not untold:
                found[key] = (_with(_scene(draw), axes=(fact,)), fact)
    return found


def test_every_pattern_is_met_on_every_axis():
    """The draws below show each of the five patterns on each of the five axes, so that the tests are not empty."""
    assert {(axis, pattern) for axis, pattern, _, _ in _axis_facts()} == {(a, p) for a in Axis for p in Pattern}


@pytest.mark.parametrize("axis", Axis)
def test_an_axis_is_told_truly(axis):
    """Clauses of the many and of the few stand at cards of that side, in order, with their counts and places."""
    for (which, pattern, side, _), (met, fact) in _axis_facts().items():
        if which is not axis:
            continue
        scene = _with(met)
        sights = {
            sight.id: sight.of(axis) for sight in pictures(scene.deck, "pictures.yaml", PicturesFile).content.cards
        }
        shell, claim = told(Seen("axis", axis.value, fact.seen, pattern.value), scene)
        names = dict(shell.names)
        row = [(place, sights[scene.cards[place].card.id]) for place in fact.seen]
        rest = {Pattern.SAME: None, Pattern.EVEN: Side.OPEN}.get(pattern, side)
        other = [(place, sight) for place, sight in row if sight.side is rest]
        most = [(place, sight) for place, sight in row if sight.side is not rest]
        for group, told_of in (("most", most), ("other", other)):
            for number, (_, sight) in zip(("one", "two", "three"), told_of, strict=False):
                assert names.pop(f"{group}.{number}") == sight.clause
            if len(row) == len(scene.cards):
                assert names.pop(f"count.{group}") == NUMBERS[len(told_of)]
            if told_of:
                assert names.pop(f"{group}.at") == scene.at(told_of[0][0])
        if len(row) == len(scene.cards):  # a count is true only where no picture was passed over
            assert names.pop("count.all") == NUMBERS[len(row)]
        words = wording("en", f"axes/{axis}", AxisFile).content
        sides = {Side.OPEN: words.open, Side.CLOSED: words.closed}
        assert names.pop("axis.most") == sides[most[0][1].side]
        assert names.pop("axis.other") == sides[Side.CLOSED if most[0][1].side is Side.OPEN else Side.OPEN]
        assert names.pop("axis.asks") == words.asks
        assert names.pop("axis.lead") in {lead.text for lead in words.leads}
        assert not names
        kind = "even" if pattern is Pattern.EVEN else f"{pattern}_{side}"
        if pattern is Pattern.ONE:
            role = scene.role(fact.odd[0])
            kind, claims = f"one.{role}.{side}", words.claims.one.of(role).of(side)
        else:
            claims = getattr(words.claims, kind)
        assert claim.key.startswith(f"claims.{kind}.")
        assert claim.text in {variant.text for variant in claims}
        assert (shell.kind, claim.kind) == ("synthesis", "synthesis")


def test_every_shell_can_be_filled_by_some_draw():
    """No wording for a pattern asks for names that no draw of that pattern has."""
    shells = wording("en", "seen", SeenFile).content
    waiting = {pattern: {shell.id for shell in shells.of(pattern)} for pattern in Pattern}
    for seed in range(80):
        for (axis, pattern, _, _), (met, fact) in _axis_facts().items():
            if waiting[pattern]:
                scene = _with(met, seed)
                shell = told(Seen("axis", axis.value, fact.seen, pattern.value), scene)[0]
                assert used_names(shell.text) <= {name for name, _ in shell.names}
                waiting[pattern].discard(shell.key.partition(".")[2])
    assert not any(waiting.values())


@pytest.fixture
def gappy_deck(tmp_path):
    """Return the folder of a deck whose pictures have a side on an axis and no clause for it."""
    deck = files("intimacy_tarot.decks") / "rider-waite-smith" / "pictures.yaml"
    shown = yaml.safe_load(deck.read_text(encoding="utf-8"))
    for card in shown["cards"].values():
        for sight in card.values():
            del sight["clause"]
    folder = tmp_path / "gappy"
    folder.mkdir()
    manifest = {"id": "gappy", "name": "Gappy", "language": "en", "extends": "major-arcana"}
    (folder / "deck.yaml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    (folder / "pictures.yaml").write_text(yaml.safe_dump(shown | {"families": {}}, sort_keys=False), encoding="utf-8")
    return folder


def test_a_picture_without_its_clause_leaves_no_hole(gappy_deck):
    """Missing text is a fault: a side without a clause is refused, or its axis passed over, never told as nothing."""
    for seed in range(12):
        try:
            reading = tarot.read("three-mirrors", seed=seed, deck=gappy_deck)
        except tarot.ContentError:
            continue
        assert all(text for section in reading.plan.sections for it in section.passages for _, text in it.names)


# --- families and motifs


def _draws_with(kind):
    found = {}
    for draw, facts in _drawn():
        for link in facts.families if kind == "family" else facts.motifs:
            found.setdefault((link.id, len(link.positions)), (draw, link))
    return found


def test_a_family_is_told_by_its_three_weightiest_states():
    """However many cards hold the thing, three are told, at the roles that weigh most, in the reading's order."""
    met = _draws_with("family")
    assert {count for _, count in met} >= {3, 4}
    for (id_, _), (draw, link) in met.items():
        scene = _scene(draw)
        families = pictures(scene.deck, "pictures.yaml", PicturesFile).content.families
        family = next(family for family in families if family.id == id_)
        own = {text.content.ref: text.content.state for text in scene.texts.values()}
        states = {card.card.id: own[scene.ref(place)] for place, card in scene.cards.items()}
        states |= {state.id: state.text for state in family.states}
        clauses = {place: states[scene.cards[place].card.id] for place in link.positions}
        shell, claim = _told_among("pictures.yaml", family, clauses, scene)
        names = dict(shell.names)
        clauses = [names[f"family.{number}"] for number in ("one", "two", "three")]
        weights = {position.id: WEIGHTS[position.role] for position in scene.spread.positions}
        said = [place for place in link.positions if states[scene.cards[place].card.id] in clauses]
        assert clauses == [states[scene.cards[place].card.id] for place in said]
        left = [place for place in link.positions if place not in said]
        assert all(weights[place] >= weights[other] for place in said for other in left)
        assert names["family.lead"] in {lead.text for lead in family.leads}
        assert claim.text in {variant.text for variant in family.claims}
        assert claim.key.startswith(f"families.{id_}.claims.")


def test_a_motif_names_its_first_place_and_its_last():
    """One sentence of the motif's own, with where its first and last cards lie and what they are called."""
    met = _draws_with("motif")
    assert {count for _, count in met} >= {2, 3}
    for (id_, _), (draw, link) in met.items():
        scene = _scene(draw)
        (said,) = told(Seen("motif", id_, link.positions), scene)
        first, last = link.positions[0], link.positions[-1]
        assert dict(said.names) == {
            "earlier.at": scene.at(first),
            "earlier.ref": scene.ref(first),
            "later.at": scene.at(last),
            "later.ref": scene.ref(last),
        }
        assert said.key.startswith(f"motifs.{id_}.seen.")


def test_a_link_is_an_earlier_and_a_later_place():
    """`linked` keeps address and words, and names the first and the last of the places."""
    planned = linked("hinge", "f.yaml", "k", "{{ earlier.at }} {{ later.ref }}", ("wall", "root", "window"), _base())
    assert (planned.kind, planned.file, planned.key) == ("hinge", "f.yaml", "k")
    assert [name for name, _ in planned.names] == ["earlier.at", "earlier.ref", "later.at", "later.ref"]
    assert dict(planned.names)["later.at"] == _base().at("window")
    assert dict(planned.names)["earlier.ref"] == _base().ref("wall")


# --- names in a wording


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("No names at all.", set()),
        ("{{ most.one | cap_first }}, and {{ most.two }}.", {"most.one", "most.two"}),
        ("{{ a.b }}{{- a.b -}} {{- c.d }}", {"a.b", "c.d"}),
        ("{% if a.b %}Yes{% else %}No{% endif %}", {"a.b"}),
        ("{% if not a.b and c.d %}{{ e.f }}{% elif g.h %}x{% endif %}", {"a.b", "c.d", "e.f", "g.h"}),
        ("{{ a.b and c.d | cap_first }}", {"a.b", "c.d"}),
        ("a.b is no name, and neither is (c.d).", set()),
    ],
)
def test_every_name_of_a_wording_is_known_to_be_used(text, names):
    """What a wording looks up in any of its tags, printed or asked for, counts as used."""
    assert used_names(text) == names


@given(st.lists(st.sampled_from(["wall.snag", "window.gift", "root.past"]), max_size=4))
def test_the_names_used_are_enough_to_fill_a_wording(names):
    """With exactly the used names given, a wording renders."""
    text = " ".join(f"{{{{ {name} | cap_first }}}}" for name in names) + " end"
    given_names: dict[str, dict[str, str]] = {}
    for name in used_names(text):
        first, _, attribute = name.partition(".")
        given_names.setdefault(first, {})[attribute] = "word"
    assert re.fullmatch(r"(Word )*end", render(text, given_names).strip())


def _claim_groups():
    """Yield the groups of claims of each axis, by the roles and sides that they are for."""
    for axis in Axis:
        claims = wording("en", f"axes/{axis.value}", AxisFile).content.claims
        for kind in ("same_open", "same_closed", "turn_open", "few_open", "few_closed", "even"):
            yield getattr(claims, kind)
        for role in Role:
            for side in (Side.OPEN, Side.CLOSED):
                yield claims.one.of(role).of(side)


def test_every_claim_is_made_for_some_trouble():
    """A claim goes first where it speaks to the trouble; where none does, and where there is none, all may be made."""
    for claims in _claim_groups():
        assert list(apt(claims, [])) == list(claims)
        for snag in Snag:
            speaking = [claim for claim in claims if snag in claim.snags]
            assert list(apt(claims, [snag])) == (speaking or list(claims))
