"""Relations: what two cards come to together, which are told, where, and that every one can be."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from packaged_text import ROOT

import intimacy_tarot as tarot
from intimacy_tarot._library import wording
from intimacy_tarot._models import FRAGMENT_OF, Role
from intimacy_tarot._relating import RELATED, claim_of, relations_of
from intimacy_tarot._scene import scene_of
from intimacy_tarot._senses import Gift, Move, SensesFile, Snag, ToGift, ToMove, ToWish, Wish

SPREADS = tarot.spread_ids()
KEYS = {ToWish: Wish, ToGift: Gift, ToMove: Move}
MODELS = {"wish": ToWish, "gift": ToGift, "move": ToMove}
RELATIONS = ROOT / "src" / "intimacy_tarot" / "wording" / "en" / "relations"
RELATED_FILES = [
    (f"{path.parent.name}/{path.stem}", MODELS[path.parent.name.partition("_")[2]])
    for path in sorted(RELATIONS.glob("*/*.yaml"))
]


def _scene(spread, seed):
    return scene_of(tarot.draw(spread, seed=seed), seed)


@pytest.mark.parametrize(("name", "model"), RELATED_FILES)
def test_every_sense_meets_every_other(name, model):
    """Each file holds, for each sense it may meet, a claim or more, short and each its own."""
    content = wording("en", f"relations/{name}", model).content
    assert {field.name for field in fields(model)} == set(KEYS[model])
    said = [variant.text for field in fields(model) for variant in getattr(content, field.name).claims]
    assert len(said) == len(set(said))
    assert all(4 <= len(text.split()) <= 26 for text in said)


def test_there_is_a_file_for_every_sense():
    """Every snag has its files for wishes, gifts and moves, and every wish its file for gifts."""
    expected = {f"snag_{facet}/{snag}" for facet in ("wish", "gift", "move") for snag in Snag}
    assert {name for name, _ in RELATED_FILES} == expected | {f"wish_gift/{wish}" for wish in Wish}


def test_every_card_of_the_deck_has_its_senses():
    """The packaged deck says of each card, both ways up, what its snag, wish, gift and move are."""
    read = _scene("one-card", 1).pictures("senses.yaml", SensesFile)
    cards = tarot.load_deck("rider-waite-smith").cards
    assert [senses.id for senses in read.content.cards] == [card.id for card in cards]


@pytest.mark.parametrize("spread", SPREADS)
def test_relations_are_those_of_the_roles(spread):
    """Two positions are related just where their roles are, and by the senses of the cards that lie there."""
    for seed in range(20):
        scene = _scene(spread, seed)
        senses = {item.id: item for item in scene.pictures("senses.yaml", SensesFile).content.cards}
        expected = [
            (first.id, second.id)
            for one, other, _ in RELATED
            for first in scene.with_role(one)
            for second in scene.with_role(other)
        ]
        found = relations_of(scene)
        assert [relation.positions for relation in found] == expected
        for relation in found:
            for place, sense in zip(relation.positions, relation.senses, strict=True):
                card = scene.cards[place]
                facet = FRAGMENT_OF[scene.role(place)]
                assert sense == getattr(senses[card.card.id].of(card.orientation), facet)


def test_roles_without_a_sense_have_none():
    """What lies beneath, who somebody is, and what is between two people have no sense."""
    senses = _scene("one-card", 1).pictures("senses.yaml", SensesFile).content.cards[0].upright
    assert {role for role in Role if senses.of(role) is None} == {Role.GROUND, Role.PERSON, Role.BETWEEN}


def test_a_claim_is_made_of_what_was_said():
    """What two cards come to is claimed once both have been named, and with a counsel once the trouble has."""
    scene = _scene("emotional-block", 3)
    relations = relations_of(scene)
    assert claim_of(scene, relations, set()) is None
    assert claim_of(scene, relations, {"guards.wish"}) is None
    both = claim_of(scene, relations, {"wall.snag", "guards.wish"})
    assert both.file.startswith("wording/en/relations/snag_wish/")
    trouble = claim_of(scene, relations, {"wall.snag", "root.past"})
    assert trouble.file.startswith("wording/en/relations/snag_move/")
    assert both.names == trouble.names == ()


def test_a_deck_that_gives_no_senses_has_no_relations():
    """Senses are an offer to a deck's author: without them a reading stands as well."""
    scene = _scene("emotional-block", 1)
    assert relations_of(replace(scene, senses={})) == []
