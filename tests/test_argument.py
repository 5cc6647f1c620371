"""How cards argue: by which ways they deal with things alike or otherwise, and why the step is one for the trouble."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace

import pytest
from bare_cards import bare

import intimacy_tarot as tarot
from intimacy_tarot._argument import alike_in, argues, otherwise_in, step_in, step_of
from intimacy_tarot._dealing import Dealing, dealing_of, part_of, ways_at
from intimacy_tarot._library import card_text
from intimacy_tarot._models import Orientation, Role
from intimacy_tarot._plan import plan_of
from intimacy_tarot._scene import scene_of
from intimacy_tarot._senses import Move, Snag
from intimacy_tarot._spread import Owner
from intimacy_tarot._synthesis import _answers
from intimacy_tarot._ways import EASED, STRAINED, WAYS, Matter

SPREADS = tarot.spread_ids()
ARGUING = (
    "after-argument",
    "celtic-cross",
    "check-in",
    "emotional-block",
    "foundation",
    "hard-conversation",
    "partner-need",
    "relationship-cross",
    "scales",
    "two-meanings",
)
"""The spreads that have a trouble."""


def _scene(spread, seed):
    return scene_of(tarot.draw(spread, seed=seed), seed)


def _dealings(spread, seeds):
    """Yield the scenes in which cards deal with a matter, and how they do."""
    for seed in range(seeds):
        scene = _scene(spread, seed)
        if dealing := dealing_of(scene):
            yield scene, dealing


def _place(scene, role):
    return scene.with_role(role)[0].id


def test_every_card_of_the_deck_leans_in_words_of_its_own():
    """The packaged deck says of each card why a step is one for it, and by which ways it deals, as of no other."""
    deck = tarot.load_deck("rider-waite-smith")
    said = []
    for card in deck.cards:
        for way in Orientation:
            leans = card_text(deck, card).content.entry(way).leans
            said += map(leans.steps.to, Move)
            said += [it.text for field in fields(leans.ways) for it in getattr(leans.ways, field.name)]
    assert len(said) == len(set(said)) > 78 * 2 * (8 + 9)


def test_every_way_has_a_contrary_of_its_own():
    """Each matter has a strained way and an eased one, and no way belongs to two."""
    assert set(WAYS) == {*Matter}
    assert len(STRAINED) == len(EASED) == len(Matter)
    assert not STRAINED & EASED


@pytest.mark.parametrize("spread", SPREADS)
def test_cards_argue_where_there_is_a_trouble(spread):
    """Every draw for a spread with a trouble argues, and no other."""
    for seed in range(60):
        scene = _scene(spread, seed)
        assert argues(scene) == (spread in ARGUING) == bool(scene.with_role(Role.OBSTACLE))


@pytest.mark.parametrize("spread", ARGUING)
def test_cards_deal_with_a_matter_alike_or_otherwise(spread):
    """At each strained place the card shows the strained way, elsewhere and in the step another shows the contrary."""
    told = Counter()
    for scene, dealing in _dealings(spread, 120):
        pair = WAYS[dealing.matter]
        assert 1 <= len(dealing.strained) <= 3
        assert [place for place in scene.cards if place in dealing.strained] == [*dealing.strained]
        for place in dealing.strained:
            assert pair.strained in ways_at(scene, scene.position(place))
        for place in filter(None, (dealing.eased, dealing.step)):
            assert pair.eased in ways_at(scene, scene.position(place))
            assert place not in dealing.strained
            assert (scene.role(place) is Role.COUNSEL) == (place == dealing.step)
        assert len(dealing.strained) > 1 or dealing.eased or dealing.step
        told[dealing.matter] += 1
    assert len(told) > 8


@pytest.mark.parametrize("spread", ARGUING)
def test_what_the_trouble_deals_with_goes_first(spread):
    """Where the trouble shares a matter with any other card, that is dealt with, or another of which this is true."""
    for seed in range(120):
        scene = _scene(spread, seed)
        trouble = scene.position(_place(scene, Role.OBSTACLE))
        others = [position for position in scene.spread.positions if position.role is not Role.OBSTACLE]
        strained = {pair.strained: pair for pair in WAYS.values()}
        common = [
            strained[way]
            for way in ways_at(scene, trouble)
            if any({*ways_at(scene, position)} & {*strained[way]} for position in others)
        ]
        dealing = dealing_of(scene)
        if common:
            assert trouble.id in dealing.strained
            assert WAYS[dealing.matter] in common
        else:
            assert dealing is None or len(dealing.strained) > 1


def test_of_four_strained_cards_three_are_named_the_trouble_among_them():
    """A list of more would be a count; the trouble is never the one that is left out."""
    spread, found = "celtic-cross", 0
    for scene, dealing in _dealings(spread, 400):
        way = WAYS[dealing.matter].strained
        places = [position.id for position in scene.spread.positions if way in ways_at(scene, position)]
        found += len(places) > 3
        assert len(dealing.strained) == min(3, len(places))
        assert "crossing" not in places or "crossing" in dealing.strained
    assert found


def test_the_readers_own_wish_does_otherwise_only_for_want_of_another():
    """What stays the reader's is not said to be the couple's, while another card does the contrary."""
    alone = 0
    for seed in range(300):
        scene = _scene("partner-need", seed)
        dealing = dealing_of(scene)
        if dealing is None or dealing.eased != "mine":
            continue
        eased = WAYS[dealing.matter].eased
        others = [it for it in scene.spread.positions if eased in ways_at(scene, it) and it.role is not Role.COUNSEL]
        assert [it.id for it in others] == ["mine"]
        alone += 1
    assert alone
    assert scene.position("mine").owner is Owner.SELF


@pytest.mark.parametrize("spread", ARGUING)
def test_each_part_tells_what_cards_do_in_their_own_clauses(spread):
    """The wording is the matter's, by how many are strained and by the part of whoever does otherwise."""
    parts = Counter()
    for scene, dealing in _dealings(spread, 80):
        strained, eased = WAYS[dealing.matter]
        (alike,) = alike_in(scene, dealing)
        assert alike.key.partition(".")[0] == ("once", "twice", "thrice")[len(dealing.strained) - 1]
        for (name, said), place in zip(alike.names, dealing.strained, strict=True):
            assert name.endswith(".way")
            assert said == ways_at(scene, scene.position(place))[strained]
        step = step_in(scene, dealing)
        places = [dealing.eased] if dealing.eased else []
        places += [dealing.step] if dealing.step else []
        for planned, place in zip([*otherwise_in(scene, dealing), *step], places, strict=False):
            part = part_of(scene.position(place))
            assert planned.key.startswith(f"otherwise.{part}.")
            assert planned.names[0] == ("eased.way", ways_at(scene, scene.position(place))[eased])
            assert planned.file == f"wording/en/ways/{dealing.matter}.yaml"
            parts[part] += 1
        assert dealing.step or step == [step_of(scene)]
    assert len(parts) > 1


@pytest.mark.parametrize("spread", ARGUING)
def test_the_last_paragraph_is_a_verdict_a_matter_and_a_step(spread):
    """A verdict comes first if it names the trouble, else before the step; what is seen spares the matter."""
    spoken = tarot.load_spread(spread).content.synthesis
    first = Counter()
    for seed in range(80):
        scene = _scene(spread, seed)
        plan = plan_of(scene, show_themes=False)
        trouble = _place(scene, Role.OBSTACLE)
        passages = [it for it in plan.sections if it.kind in ("synthesis", "answer")][-1].passages
        passages = [
            it for it in passages if (it.kind == "synthesis" and not it.file.startswith("decks/")) or "leans" in it.key
        ]
        passages = [it for it in passages if "/ways/" in it.file or "verdicts" in it.key or "leans" in it.key]
        (at,) = [at for at, it in enumerate(passages) if it.key.startswith("synthesis.verdicts.")]
        verdict = passages[at]
        assert verdict.key.removeprefix("synthesis.verdicts.") in {it.id for it in spoken.verdicts}
        named = any(name.startswith(f"{trouble}.") for name, _ in verdict.names)
        assert at == (0 if named else len(passages) - 2)
        first[named] += 1
        dealing = None if plan.seen else dealing_of(scene)
        dealt = [it for it in passages if it is not verdict]
        assert len(dealt) == (1 + bool(dealing) + bool(dealing and dealing.eased))
        assert ("/ways/" in dealt[-1].file) == bool(dealing and dealing.step)
    assert first[True]


@pytest.mark.parametrize("spread", ARGUING)
def test_the_step_is_one_for_the_trouble(spread):
    """The trouble's card says why a step of the kind that the counsel offers could loosen it."""
    told = Counter()
    for seed in range(60):
        scene = _scene(spread, seed)
        trouble, counsel = _place(scene, Role.OBSTACLE), _place(scene, Role.COUNSEL)
        move = scene.senses[counsel]
        step = step_of(scene)
        assert isinstance(scene.senses[trouble], Snag)
        assert step.text == getattr(scene.entry(trouble).leans.steps, move)
        assert step.key == f"{scene.cards[trouble].orientation}.leans.steps.{move}"
        assert step.file == scene.texts[trouble].file
        told[move] += 1
    assert len(told) > 5


@pytest.mark.parametrize("spread", SPREADS)
def test_the_opening_hints_at_the_matter_and_comes_back_at_the_end(spread):
    """It is for the matter where three or more are, else for the trouble, else for any; its echo comes last."""
    openings = {it.id: it for it in tarot.load_spread(spread).content.openings}
    for seed in range(80):
        scene = _scene(spread, seed)
        plan = plan_of(scene, show_themes=False)
        opening = openings[plan.sections[0].passages[0].key.removeprefix("openings.")]
        dealing = dealing_of(scene) if argues(scene) and not plan.seen else None
        hinting = [it for it in openings.values() if dealing and dealing.matter in it.matters]
        fitting = [it for it in openings.values() if it.fits(scene.senses)]
        free = [it for it in openings.values() if it.free]
        assert opening in (hinting if len(hinting) > 2 else fitting or free)
        last = [it for it in plan.sections if it.kind in ("synthesis", "answer")][-1].passages[-1]
        assert (last.kind, last.text) == ("echo", opening.echo)
        assert last.key == f"openings.{opening.id}.echo"


def test_what_a_matter_needs_may_be_missing():
    """Where the deck does not say how cards deal with things, nothing is dealt with, and no step is told."""
    scene = _scene("emotional-block", 3)
    assert dealing_of(bare(scene)) is None
    assert step_in(replace(scene, senses={}), None) == []
    alone = Dealing(Matter.WORDS, ("wall", "root"), None, None)
    assert otherwise_in(scene, alone) == []


@pytest.mark.parametrize("spread", ARGUING)
def test_a_deck_that_does_not_lean_answers_by_senses(spread):
    """Without those words every answer of the spread for what cards name fits some draw, and nothing is argued."""
    wanted = {answer.id for answer in tarot.load_spread(spread).content.synthesis.answers}
    for seed in range(2000):
        scene = bare(_scene(spread, seed))
        assert not argues(scene)
        assert step_of(scene) is None
        wanted -= {answer.id for answer in _answers(scene)}
        if not wanted:
            break
    assert wanted == set()


def test_the_spread_answers_where_the_deck_does_not():
    """A reading of such a deck has one of the spread's answers, with what two come to, a closing and the echo."""
    scene = bare(_scene("emotional-block", 3))
    sections = plan_of(scene, show_themes=True).sections
    (answer,) = [section for section in sections if section.kind == "answer"]
    assert [it.file.partition("/")[0] for it in answer.passages] == ["spreads", "wording", "spreads", "spreads"]


def test_one_card_that_says_nothing_ends_the_argument():
    """Where one card of the draw does not say what it comes to, the spread answers."""
    scene = _scene("emotional-block", 3)
    for place in scene.cards:
        assert not argues(bare(scene, [place]))
    assert step_of(bare(scene, ["wall"])) is None


def test_a_deck_without_senses_weighs_no_step():
    """Where the deck does not say what its cards name, cards argue and no step is weighed."""
    scene = replace(_scene("partner-need", 3), senses={})
    assert argues(scene)
    assert step_of(scene) is None


def test_a_step_without_a_counsel_is_not_weighed():
    """Where there is a trouble and nothing is offered, there is no reason to give."""
    scene = _scene("emotional-block", 3)
    senses = {place: sense for place, sense in scene.senses.items() if isinstance(sense, Snag)}
    assert step_of(replace(scene, senses=senses)) is None


@pytest.mark.parametrize("spread", ARGUING)
def test_every_verdict_fits_some_draw(spread):
    """A sentence answers the question first, chosen by the voices, and each is said of some draw."""
    verdicts = {verdict.id: verdict for verdict in tarot.load_spread(spread).content.synthesis.verdicts}
    seen, able = set(), []
    for seed in range(400):
        scene = _scene(spread, seed)
        passages = [it for section in plan_of(scene, show_themes=False).sections for it in section.passages]
        (key,) = [it.key for it in passages if it.key.startswith("synthesis.verdicts.")]
        verdict = verdicts[key.removeprefix("synthesis.verdicts.")]
        assert verdict.fits(scene.voices, scene.senses)
        able.append(sum(it.fits(scene.voices, scene.senses) for it in verdicts.values()))
        seen.add(verdict.id)
    assert min(able) >= 4
    assert seen == {*verdicts}
