"""Choosing a wording: ranks follow from the seed alone, and nothing is taken twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intimacy_tarot._errors import ContentError
from intimacy_tarot._pick import Choice, Picker, variant_of

IDS = st.text("abcdefgh-", min_size=1, max_size=6)
SLOTS = st.sampled_from(["emotional-block.openings", "threads.step", "care.notes"])
SEEDS = st.one_of(st.text(max_size=8), st.integers(), st.binary(max_size=8))
VARIANTS = st.lists(IDS, min_size=1, max_size=9, unique=True).map(lambda ids: [Choice(id_) for id_ in ids])


class Wording(NamedTuple):
    """A variant with more than an id, as content has it."""

    id: str
    text: str


def _framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _first_word(seed: str, slot: str, variant: str) -> int:
    """Return the rank that the design gives: the first word of the stream (seed, "pick", slot, variant)."""
    message = _framed(b"intimacy-tarot/draw/1", b"pick", b"s" + seed.encode(), slot.encode(), variant.encode())
    return int.from_bytes(hashlib.sha512(bytes(4) + message).digest()[:4], "big")


@pytest.mark.parametrize(
    ("passage", "variant"),
    [
        ("spreads/emotional-block.yaml#openings.pick-it-up", "emotional-block.openings.pick-it-up"),
        ("decks/rider-waite-smith/pairs.yaml#pairs.a-b.hinges.c", "pairs.pairs.a-b.hinges.c"),
        ("mine.yaml#synthesis.answers.one", "mine.synthesis.answers.one"),
        ("wording/en/care.yaml#footer", "care.footer"),
        ("no address at all", "no address at all."),
        ("", "."),
    ],
)
def test_a_passage_id_names_its_slot_and_variant(passage, variant):
    """The file's stem and the key are the slot and the variant; what is no address names nothing that exists."""
    assert variant_of(passage) == variant


@given(st.text(max_size=8), SLOTS, VARIANTS)
def test_variants_rank_by_the_first_word_of_their_stream(seed, slot, variants):
    """The order is that of the ranks, from the highest down, as the design defines them."""
    expected = sorted(variants, key=lambda variant: -_first_word(seed, slot, variant.id))
    assert Picker(seed).ranked(slot, variants) == expected


@given(SEEDS, SLOTS, VARIANTS, st.randoms())
def test_the_order_of_a_file_does_not_matter(seed, slot, variants, chance):
    """However the variants are listed, they rank alike."""
    mixed = [*variants]
    chance.shuffle(mixed)
    assert Picker(seed).ranked(slot, mixed) == Picker(seed).ranked(slot, variants)


@given(SEEDS, SLOTS, VARIANTS, IDS)
def test_a_new_variant_moves_only_its_own_share(seed, slot, variants, new):
    """Among the variants that were there before, a new one changes no order."""
    before = Picker(seed).ranked(slot, variants)
    added = Choice(f"{new}+")
    after = Picker(seed).ranked(slot, [added, *variants])
    assert [variant for variant in after if variant != added] == before


@given(SEEDS, SLOTS, VARIANTS, st.data())
def test_avoided_variants_come_last_and_otherwise_keep_their_order(seed, slot, variants, data):
    """What stands in `avoid` goes behind the rest; within both groups the ranks decide."""
    avoided = data.draw(st.sets(st.sampled_from([variant.id for variant in variants])))
    file, _, key = slot.partition(".")
    avoid = [f"somewhere/{file}.yaml#{key}.{id_}" for id_ in avoided]
    plain = Picker(seed).ranked(slot, variants)
    expected = [v for v in plain if v.id not in avoided] + [v for v in plain if v.id in avoided]
    assert Picker(seed, avoid).ranked(slot, variants) == expected


@given(SEEDS, SLOTS, VARIANTS)
def test_picking_takes_each_variant_once_from_the_top(seed, slot, variants):
    """Picked again and again, a slot gives its variants in order, each once, and then nothing."""
    picker = Picker(seed)
    ranked = picker.ranked(slot, variants)
    assert [picker.pick(slot, variants) for _ in variants] == ranked
    assert picker.pick(slot, variants) is None
    assert picker.pick("another.slot", variants) is not None


@given(SEEDS, SLOTS, VARIANTS, st.data())
def test_picking_takes_the_highest_that_is_allowed(seed, slot, variants, data):
    """A variant that is not allowed is passed over, and is still there for a later pick."""
    allowed = data.draw(st.sets(st.sampled_from(variants)))
    picker = Picker(seed)
    ranked = picker.ranked(slot, variants)
    expected = next((variant for variant in ranked if variant in allowed), None)
    assert picker.pick(slot, variants, allowed.__contains__) == expected
    rest = [variant for variant in ranked if variant != expected]
    assert picker.pick(slot, variants) == (rest[0] if rest else None)


@given(SEEDS, SLOTS, VARIANTS)
def test_taking_is_picking_that_cannot_fail_quietly(seed, slot, variants):
    """`take` gives what `pick` gives, and a fault that names the slot when nothing is left."""
    taking, picking = Picker(seed), Picker(seed)
    assert [taking.take(slot, variants) for _ in variants] == [picking.pick(slot, variants) for _ in variants]
    with pytest.raises(ContentError) as caught:
        taking.take(slot, variants)
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.file, problem.severity) == ("no-wording", slot, "error")
    assert slot in str(caught.value)


def test_taking_what_is_never_allowed_is_a_fault():
    """A slot whose variants are all refused is a fault too, and takes none of them."""
    picker = Picker("x")
    with pytest.raises(ContentError, match=r"^threads\.step:1:1: found no wording for threads\.step"):
        picker.take("threads.step", [Choice("a")], lambda _: False)
    assert picker.pick("threads.step", [Choice("a")]) == Choice("a")


def test_an_avoided_variant_is_taken_when_nothing_else_is_left():
    """Avoiding is a wish: where every other variant is used or refused, the avoided one is taken."""
    picker = Picker(3, ["wording/en/care.yaml#notes.b"])
    variants = [Wording("a", "one"), Wording("b", "two")]
    assert picker.take("care.notes", variants) == Wording("a", "one")
    assert picker.take("care.notes", variants) == Wording("b", "two")


@given(SEEDS, SLOTS, st.lists(IDS, min_size=1, max_size=6, unique=True), st.randoms())
def test_a_label_is_chosen_by_rank_and_used_up_by_nobody(seed, slot, labels, chance):
    """`chance` gives the label of the highest rank, in any order, however often it is asked."""
    picker = Picker(seed)
    highest = picker.ranked(slot, [Choice(label) for label in labels])[0].id
    mixed = [*labels]
    chance.shuffle(mixed)
    assert picker.chance(slot, labels) == picker.chance(slot, mixed) == picker.chance(slot, labels) == highest


def test_over_many_seeds_every_variant_has_its_share():
    """Eight variants over 4,000 seeds fall within the 99.9 % band of the chi-square on 7 degrees of freedom."""
    variants = [Choice(f"variant-{number}") for number in range(8)]
    counts = Counter(Picker(seed).take("slot", variants).id for seed in range(4000))
    assert sum((counts[variant.id] - 500) ** 2 / 500 for variant in variants) < 24.32
