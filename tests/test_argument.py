"""How cards argue: whence a trouble came, what they come to together, and why the step is one for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from bare_cards import bare

import intimacy_tarot as tarot
from intimacy_tarot._argument import argues, arguments_of, root_of, step_of
from intimacy_tarot._library import card_text
from intimacy_tarot._models import Orientation, Role, Voice
from intimacy_tarot._plan import plan_of
from intimacy_tarot._scene import scene_of
from intimacy_tarot._senses import Move, Snag
from intimacy_tarot._spread import POINTED, Lens
from intimacy_tarot._synthesis import _answers

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
WITH_BOTH = ("celtic-cross", "emotional-block", "foundation", "relationship-cross")
"""Those that have a ground as well."""


def _scene(spread, seed):
    return scene_of(tarot.draw(spread, seed=seed), seed)


def _place(scene, role):
    return scene.with_role(role)[0].id


def test_every_card_of_the_deck_leans_in_words_of_its_own():
    """The packaged deck says of each card, both ways up, fifteen things that are said of no other."""
    deck = tarot.load_deck("rider-waite-smith")
    said = []
    for card in deck.cards:
        for way in Orientation:
            entry = card_text(deck, card).content.entry(way)
            said += [entry.point(role) for role in POINTED]
            said += [entry.point(Role.BETWEEN, lens) for lens in Lens]
            said += [*map(entry.leans.roots.on, Voice), *map(entry.leans.steps.to, Move)]
    assert None not in said
    assert len(said) == len(set(said)) == 78 * 2 * 15


@pytest.mark.parametrize("spread", SPREADS)
def test_cards_argue_where_there_is_a_trouble(spread):
    """Where a spread has a trouble, every draw has its roots, or three arguments or more for voices and kind."""
    for seed in range(200):
        scene = _scene(spread, seed)
        assert argues(scene) == (spread in ARGUING) == bool(scene.with_role(Role.OBSTACLE))
        fitting = scene.spread.content.synthesis.arguments
        assert bool(fitting) == (spread in {*ARGUING} - {*WITH_BOTH})
        found = arguments_of(scene)
        assert not fitting or len(found) >= 3
        for planned in found:
            (argument,) = [it for it in fitting if planned.key == f"synthesis.arguments.{it.id}"]
            assert argument.fits(scene.voices, scene.senses)
            assert planned.text == argument.text


@pytest.mark.parametrize("spread", sorted({*ARGUING} - {*WITH_BOTH}))
def test_every_argument_fits_some_draw(spread):
    """None is out of reach, and each names the trouble by its handle."""
    spoken = tarot.load_spread(spread)
    wanted = {f"synthesis.arguments.{it.id}" for it in spoken.content.synthesis.arguments}
    for seed in range(3000):
        scene = _scene(spread, seed)
        trouble = _place(scene, Role.OBSTACLE)
        for planned in arguments_of(scene):
            assert f"{trouble}.handle" in dict(planned.names)
            wanted.discard(planned.key)
        if not wanted:
            break
    assert wanted == set()


@pytest.mark.parametrize("spread", ARGUING)
def test_the_last_paragraph_is_a_verdict_a_reason_and_a_step(spread):
    """A verdict, whence the trouble came or an argument, and why the step; what is seen spares the second."""
    spoken = tarot.load_spread(spread).content.synthesis
    told = Counter()
    for seed in range(60):
        scene = _scene(spread, seed)
        plan = plan_of(scene, show_themes=False)
        sections = [section for section in plan.sections if section.kind in ("synthesis", "answer")]
        passages = sections[-1].passages
        at = next(at for at, it in enumerate(passages) if it.key.startswith("synthesis.verdicts."))
        verdict, *reason, step = passages[at:]
        assert verdict.key.removeprefix("synthesis.verdicts.") in {it.id for it in spoken.verdicts}
        assert step == step_of(scene)
        assert len(reason) == (2 if plan.seen is None else 0)
        leads = [it for it in reason if it.file == "wording/en/leads.yaml"]
        for it in leads:
            places = {"ground": Role.GROUND, "trouble": Role.OBSTACLE, "counsel": Role.COUNSEL}
            for name, said in it.names:
                assert said == scene.ref(_place(scene, places[name.removesuffix(".ref")]))
        for it in reason:
            root = root_of(scene)
            if it in leads:
                assert reason.index(it) == (0 if root else 1)
                continue
            assert it == root if root else it in arguments_of(scene)
            for name, said in it.names:
                place, _, field = name.partition(".")
                if field == "point":
                    told[place] += 1
                    assert said == scene.entry(place).point(scene.role(place), scene.position(place).lens)
                    assert said.startswith(scene.ref(place))
    assert bool(told) == (spread not in WITH_BOTH)


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
def test_a_trouble_tells_its_roots(spread):
    """Where a ground was laid too, the trouble's card tells how the one came of the other, by the ground's voice."""
    for seed in range(40):
        scene = _scene(spread, seed)
        root = root_of(scene)
        assert bool(root) == (spread in WITH_BOTH)
        if root is None:
            continue
        ground, trouble = _place(scene, Role.GROUND), _place(scene, Role.OBSTACLE)
        voice = scene.voices[ground]
        assert root.text == getattr(scene.entry(trouble).leans.roots, voice)
        assert root.key == f"{scene.cards[trouble].orientation}.leans.roots.{voice}"
        assert (root.kind, root.file) == ("synthesis", scene.texts[trouble].file)


@pytest.mark.parametrize("spread", ARGUING)
def test_a_deck_that_does_not_lean_answers_by_senses(spread):
    """Without those words every answer of the spread for what cards name fits some draw, and nothing is argued."""
    wanted = {answer.id for answer in tarot.load_spread(spread).content.synthesis.answers}
    for seed in range(2000):
        scene = bare(_scene(spread, seed))
        assert not argues(scene)
        assert root_of(scene) is None
        assert step_of(scene) is None
        wanted -= {answer.id for answer in _answers(scene)}
        if not wanted:
            break
    assert wanted == set()


def test_the_spread_answers_where_the_deck_does_not():
    """A reading of such a deck has one of the spread's answers, with what two cards come to, and a closing."""
    scene = bare(_scene("emotional-block", 3))
    sections = plan_of(scene, show_themes=True).sections
    (answer,) = [section for section in sections if section.kind == "answer"]
    assert [it.file.partition("/")[0] for it in answer.passages] == ["spreads", "wording", "spreads"]


def test_one_card_that_says_nothing_ends_the_argument():
    """Where one card of the draw does not say what it comes to, the spread answers."""
    scene = _scene("emotional-block", 3)
    for place in scene.cards:
        assert not argues(bare(scene, [place]))
    assert root_of(bare(scene, ["wall"])) is None
    assert step_of(bare(scene, ["wall"])) is None


def test_a_deck_without_senses_has_no_kind_of_trouble():
    """Where the deck does not say what its cards name, no argument fits and no step is weighed; roots are told."""
    scene = replace(_scene("partner-need", 3), senses={})
    assert not argues(scene)
    assert step_of(scene) is None
    scene = replace(_scene("emotional-block", 3), senses={})
    assert root_of(scene)
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
