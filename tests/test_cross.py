"""What the parts of one file owe each other: grids, names in wording, what a deck extends and keeps."""

from __future__ import annotations

import typing
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot import _axes, _patterns, _pictures, _wording
from intimacy_tarot._axes import FAMILY, SEEN, SeenFile
from intimacy_tarot._card_text import Shown
from intimacy_tarot._cross import (
    Fault,
    card_text_faults,
    deck_faults,
    headings_faults,
    matter_faults,
    motifs_faults,
    pairs_faults,
    pattern_faults,
    seen_faults,
    spread_faults,
    thread_faults,
    unknown_id,
)
from intimacy_tarot._errors import guess
from intimacy_tarot._library import card_text
from intimacy_tarot._models import Card, DeckFile, Meaning, Polarity, Role, ThemeId
from intimacy_tarot._patterns import PATTERN, PlacesFile, TableFile, family
from intimacy_tarot._pictures import EARLIER_LATER, PAIR, Motif, MotifsFile, Pair, PairsFile
from intimacy_tarot._senses import OpenClaim
from intimacy_tarot._spread import (
    Answer,
    Frame,
    Opening,
    OpenVariant,
    Owner,
    Position,
    Shape,
    SpreadFile,
    Synthesis,
    Variant,
    When,
)
from intimacy_tarot._template import faults
from intimacy_tarot._ways import EASED, STRAINED, Matter
from intimacy_tarot._wording import DEALT, HEADINGS, THREAD, HeadingsFile, MatterFile, ThreadFile

PLAIN = (OpenVariant("plain", "no names at all"),)
ANSWER = (Answer("plain", "no names at all"),)


def position(key: str, cell=(1, 1), rotate=0, role=Role.NEED) -> Position:
    frames = (Frame("any-frame", When.ANY, Shape.NAME, "a frame"),)
    return Position(key, "Name", "Name", "asks", role, Owner.US, cell, "at it", frames, None, rotate)


OPENING = Opening("plain", "It begins.")


def spread(*positions: Position, answers=(), closings=PLAIN, openings=(OPENING,)) -> SpreadFile:
    synthesis = Synthesis((Variant("title", "A title"),), closings, answers)
    return SpreadFile("Name", "Question?", "source", "subtitle", openings, positions, synthesis)


def answer(text: str) -> tuple[Answer, ...]:
    return (*ANSWER, Answer("bad-one", text))


def open_variant(text: str) -> tuple[OpenVariant, ...]:
    return (*PLAIN, OpenVariant("bad-one", text))


def template_faults(path: str, text: str, names) -> list[Fault]:
    return [Fault(path, "template", message, hint) for _, message, hint in faults(text, names)]


# Spreads


def test_a_sound_spread_has_no_faults():
    """Positions in cells of their own, one laid across another, with wording that names them: nothing is wrong."""
    content = spread(
        position("past_one", (1, 2), role=Role.GROUND),
        position("across", (1, 2), 90, role=Role.OBSTACLE),
        position("wish_one", (3, 1)),
        answers=answer("{{ past_one.past }} and {{ across.snag }}, {{ across.handle }}"),
        closings=open_variant("{{ wish_one.wish | cap_first }}, says {{ partner.subj }}"),
    )
    assert list(spread_faults(content)) == []


@pytest.mark.parametrize("cell", [(0, 1), (1, 0), (-1, 1), (0, 0)])
def test_cells_count_from_one(cell):
    """A cell before the first column or row is told at the cell."""
    assert list(spread_faults(spread(position("one"), position("two", cell)))) == [
        Fault("positions.two.cell", "grid", f"found the cell {list(cell)}, expected columns and rows from 1")
    ]


@pytest.mark.parametrize("rotate", [-90, 1, 45, 89, 180, 270])
def test_a_card_lies_straight_or_across(rotate):
    """A turn that is neither 0 nor 90 is told at the turn."""
    assert list(spread_faults(spread(position("one", rotate=rotate)))) == [
        Fault("positions.one.rotate", "grid", f"found {rotate} degrees, expected 0 or 90")
    ]


def test_two_straight_cards_do_not_share_a_cell():
    """A cell that is taken is told at each later position, with the first that took it."""
    content = spread(position("one"), position("two", (2, 1)), position("three"), position("four"))
    assert list(spread_faults(content)) == [
        Fault("positions.three.cell", "grid", "found the cell of 'one' again, expected another, or rotate: 90"),
        Fault("positions.four.cell", "grid", "found the cell of 'one' again, expected another, or rotate: 90"),
    ]


@given(
    st.lists(
        st.tuples(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), st.sampled_from([0, 0, 90, 45])),
        min_size=1,
        max_size=6,
    )
)
def test_each_position_is_told_for_what_is_wrong_with_it(placed):
    """Cells and turns are told for just those positions that break a rule, however many there are."""
    content = spread(*(position(f"p{at}", cell, rotate) for at, (cell, rotate) in enumerate(placed)))
    expected = {f"positions.p{at}.cell" for at, (cell, _) in enumerate(placed) if min(cell) < 1}
    expected |= {f"positions.p{at}.rotate" for at, (_, rotate) in enumerate(placed) if rotate not in (0, 90)}
    cells = [cell for cell, _ in placed]
    expected |= {
        f"positions.p{at}.cell" for at, (cell, rotate) in enumerate(placed) if cell in cells[:at] and rotate == 0
    }
    assert {fault.path for fault in spread_faults(content)} == expected
    assert {fault.code for fault in spread_faults(content)} <= {"grid"}


@pytest.mark.parametrize("part", ["answers", "closings"])
@pytest.mark.parametrize(
    "text",
    [
        "{{ three.wish }}",
        "{{ one.past }}",
        "{{ one.handle }}",
        "{{ partner.name }}",
        "{{ one }}",
        "{{ P.subj }}",
        "{{ one.wish",
    ],
)
def test_wording_names_only_the_spreads_own_positions(part, text):
    """An answer or closing that looks up what its spread has not is told at its id, with the names there are."""
    content = spread(
        position("one"), position("two", (2, 1)), **{part: (answer if part == "answers" else open_variant)(text)}
    )
    names = {"one": ("wish", "ref"), "two": ("wish", "ref"), "partner": ("subj", "Subj", "obj", "Obj", "poss", "Poss")}
    found = list(spread_faults(content))
    assert found == template_faults(f"synthesis.{part}.bad-one", text, names)
    assert len(found) == 1


@pytest.mark.parametrize("voice", ["light", "shadow"])
def test_an_answer_is_for_positions_that_exist(voice):
    """A position that an answer asks a voice of and the spread has not is told at that voice."""
    some = Answer("for-some", "no names", **{voice: ("one", "won")})
    assert list(spread_faults(spread(position("one"), answers=(some,)))) == [
        Fault(f"synthesis.answers.for-some.{voice}", "unknown-id", "found the position 'won', expected one that exists",
              "did you mean 'one'?")
    ]  # fmt: skip


def test_an_opening_asks_for_what_a_position_can_name():
    """What an opening asks of the cards, and no position's role can name, is told at the opening."""
    some = Opening("for-some", "no names", ("one.silence", "one.heard"))
    (fault,) = spread_faults(spread(replace(position("one"), role=Role.OBSTACLE), openings=(OPENING, some)))
    assert (fault.path, fault.code) == ("openings.for-some.senses", "unknown-id")
    assert fault.message == "found the sense 'one.heard', expected one that exists"


def test_a_spread_has_an_opening_for_any_draw():
    """Where every opening asks something of the cards, a draw might find none, and that is told."""
    some = (Opening("for-some", "no names", ("one.silence",)), Opening("for-words", "no names", (), (Matter.WORDS,)))
    content = spread(replace(position("one"), role=Role.OBSTACLE), openings=some)
    expected = Fault("openings", "too-few", "found no opening without senses and matters, expected one for any draw")
    assert list(spread_faults(content)) == [expected]
    assert list(spread_faults(replace(content, openings=(*some, OPENING)))) == []


def test_a_spread_tells_everything_in_one_run():
    """Faults of wording, cells and turns come together."""
    content = spread(
        position("one", (0, 1), 45),
        position("two", (0, 1)),
        answers=answer("{{ six.wish }} {{ two.wsih }}"),
        closings=open_variant("{{ one"),
    )
    assert [(fault.path, fault.code) for fault in spread_faults(content)] == [
        ("synthesis.answers.bad-one", "template"),
        ("synthesis.answers.bad-one", "template"),
        ("synthesis.closings.bad-one", "template"),
        ("positions.one.cell", "grid"),
        ("positions.one.rotate", "grid"),
        ("positions.two.cell", "grid"),
        ("positions.two.cell", "grid"),
    ]
    assert [fault.hint for fault in spread_faults(content)][1] == guess("wsih", ["wish"]) != ""


# Decks

MEANING = Meaning((ThemeId.BOND, ThemeId.TRUST), Polarity.LIGHT, (), "essence")
CARD = Card("major_arcana.00", "The Fool", None, 0, "none", MEANING, MEANING)
KEEP = ("major_arcana.00",)


@pytest.mark.parametrize("extends", [None, "other"])
@pytest.mark.parametrize("keep", [(), KEEP])
@pytest.mark.parametrize("cards", [(), (CARD,)])
def test_a_deck_has_cards_or_another_deck(extends, keep, cards):
    """Without a deck to extend there must be cards and nothing to keep; with one, anything goes."""
    expected = []
    if extends is None and not cards:
        expected.append(Fault("", "no-cards", "found no cards, expected cards, or a deck to extend"))
    if extends is None and keep:
        expected.append(Fault("keep", "keep", "found cards to keep, expected a deck to extend"))
    assert list(deck_faults(DeckFile("own", "Own", "en", extends, keep, cards))) == expected


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=6))
def test_a_deck_keeps_a_card_once(keep):
    """A card that is kept again is told once, with how often it stands there."""
    twice = [card for card in dict.fromkeys(keep) if keep.count(card) > 1]
    assert list(deck_faults(DeckFile("own", "Own", "en", "other", tuple(keep)))) == [
        Fault("keep", "keep", f"found {card!r} to keep {keep.count(card)} times, expected it once") for card in twice
    ]


# Cards


@pytest.mark.parametrize("orientation", ["upright", "reversed"])
def test_a_card_shows_ways_that_its_roles_can_show(orientation):
    """A trouble shows strained ways, a wish, what helps and a step eased ones, the others either; none is made up."""
    read = card_text(tarot.load_deck("rider-waite-smith"), tarot.load_deck("rider-waite-smith").cards[0])
    assert list(card_text_faults(read.content)) == []
    entry = getattr(read.content, orientation)
    path = f"{orientation}.leans.ways"
    known = {"obstacle": STRAINED, "need": EASED, "strength": EASED, "counsel": EASED}
    for field in fields(entry.leans.ways):
        for way in ("hushed", "said", "humming"):
            ways = replace(entry.leans.ways, **{field.name: (Shown(way, "the Fool hums a tune"),)})
            content = replace(read.content, **{orientation: replace(entry, leans=replace(entry.leans, ways=ways))})
            found = [(fault.path, fault.code) for fault in card_text_faults(content)]
            able = way in known.get(field.name, STRAINED | EASED)
            assert found == ([] if able else [(f"{path}.{field.name}.{way}", "unknown-id")])
    assert list(card_text_faults(replace(read.content, **{orientation: replace(entry, leans=None)}))) == []


# Shared wording


def _patterns_of(group):
    return {what.value: names for what, names in PATTERN.items() if family(what) == group}


WORDINGS = {
    "seen": (
        seen_faults,
        SeenFile,
        dict.fromkeys(("one", "same", "turn", "few", "even"), SEEN) | {"family": FAMILY},
    ),
    "matter": (matter_faults, MatterFile, DEALT),
    "thread": (thread_faults, ThreadFile, THREAD),
    "table": (
        pattern_faults,
        TableFile,
        _patterns_of("table"),
    ),
    "places": (
        pattern_faults,
        PlacesFile,
        _patterns_of("places"),
    ),
}
PARTS = [(kind, part) for kind, (_, _, parts) in WORDINGS.items() for part in parts]


def sound(model: type) -> typing.Any:
    return model(**{field.name: PLAIN for field in fields(model)})


@pytest.mark.parametrize("kind", WORDINGS)
def test_every_part_of_a_wording_is_checked(kind):
    """A file of wording without names is sound, and each of its fields is among those that are checked here."""
    check, model, parts = WORDINGS[kind]
    assert list(check(sound(model))) == []
    assert {field.name for field in fields(model)} == set(parts)


@pytest.mark.parametrize(("kind", "part"), PARTS)
def test_a_part_may_look_up_its_own_names(kind, part):
    """Every name and attribute that a part is offered can be looked up there."""
    check, model, parts = WORDINGS[kind]
    every = tuple(
        OpenVariant(f"v-{name}-{attribute}", f"{{{{ {name}.{attribute} | cap_first }}}}")
        for name, attributes in parts[part].items()
        for attribute in attributes
    )
    assert list(check(replace(sound(model), **{part: every}))) == []


@pytest.mark.parametrize(("kind", "part"), PARTS)
@pytest.mark.parametrize(
    "text", ["{{ nobody.at }}", "{{ axis.laed }}", "{{ theme.at }}", "{{ axis }} { x", "{% for %}"]
)
def test_a_part_may_look_up_nothing_else(kind, part, text):
    """A name or attribute that a part is not offered is told at the variant's id."""
    check, model, parts = WORDINGS[kind]
    found = list(check(replace(sound(model), **{part: open_variant(text)})))
    assert found == template_faults(f"{part}.bad-one", text, parts[part])
    assert found


def test_every_part_tells_its_own_faults():
    """Faults in several parts come together, each at its own path."""
    bad = open_variant("{{ nobody.at }}")
    for check, model, parts in WORDINGS.values():
        content = model(**{field.name: bad for field in fields(model)})
        assert [fault.path for fault in check(content)] == [f"{part}.bad-one" for part in parts]


def pairs(text: str) -> PairsFile:
    return PairsFile((Pair("fine", ("x", "y"), PLAIN), Pair("a-pair", ("x", "y"), open_variant(text))))


def motifs(text: str) -> MotifsFile:
    return MotifsFile((Motif("fine", ("x", "y"), PLAIN), Motif("a-motif", ("x", "y"), open_variant(text))))


TWO = {
    "a hinge": (pairs, pairs_faults, PAIR, "pairs.a-pair.hinges.bad-one"),
    "a motif": (motifs, motifs_faults, EARLIER_LATER, "motifs.a-motif.seen.bad-one"),
}


@pytest.mark.parametrize("kind", TWO)
def test_wording_of_two_cards_may_look_up_its_own_names(kind):
    """The wording of two cards may say of each name it is offered where it lies and what it is called."""
    make, check, names, _ = TWO[kind]
    every = " ".join(f"{{{{ {name}.{one} }}}}" for name, attributes in names.items() for one in attributes)
    assert list(check(make(every))) == list(check(make("plain"))) == []


@pytest.mark.parametrize("kind", TWO)
@pytest.mark.parametrize("text", ["{{ earlier.name }}", "{{ third.at }}", "{{ P.subj }}", "{{ earlier }} {% x %}", "}"])
def test_wording_of_two_cards_may_look_up_nothing_else(kind, text):
    """What the wording of two cards may not say is told at the variant of its pair or motif."""
    make, check, names, path = TWO[kind]
    assert list(check(make(text))) == template_faults(path, text, names) != []


@given(st.sampled_from("abc"), st.sampled_from("abc"))
def test_a_pair_is_of_two_cards(one, other):
    """A pair of a card with itself is told at its cards."""
    found = list(pairs_faults(PairsFile((Pair("a-pair", (one, other), PLAIN),))))
    twice = Fault("pairs.a-pair.cards", "too-few", "found one card twice, expected two")
    assert found == [twice] * (one == other)


@given(st.lists(st.sampled_from("abc"), max_size=4))
def test_a_motif_is_shared_by_two_cards(cards):
    """A motif of fewer than two different cards is told at its cards."""
    found = list(motifs_faults(MotifsFile((Motif("a-motif", tuple(cards), PLAIN),))))
    few = Fault("motifs.a-motif.cards", "too-few", "found fewer than two cards, expected two or more")
    assert found == [few] * (len(set(cards)) < 2)


def test_nothing_is_wrong_with_nothing():
    """Files without pairs or motifs are sound."""
    assert list(pairs_faults(PairsFile(()))) == list(motifs_faults(MotifsFile(()))) == []


# Headings

HEADING = HeadingsFile(**{field.name: "plain" for field in fields(HeadingsFile)})


@pytest.mark.parametrize("key", HEADINGS)
def test_a_heading_may_look_up_its_own_names(key):
    """Each heading with names may use all of them, and no other heading's."""
    every = " ".join(f"{{{{ {name}.{one} }}}}" for name, attributes in HEADINGS[key].items() for one in attributes)
    assert list(headings_faults(replace(HEADING, **{key: every}))) == []
    text = "{{ reader.nmae }} {{ theme.lien }} {{ partner.subj }}"
    found = list(headings_faults(replace(HEADING, **{key: text})))
    assert found == template_faults(key, text, HEADINGS[key])
    assert len(found) == 3


def test_plain_headings_are_sound():
    """Headings without names have no faults."""
    assert list(headings_faults(HEADING)) == []


def test_every_open_text_is_checked_by_someone():
    """Each field whose names are left open belongs to a model that this module checks."""
    open_models = {
        name
        for name, model in (vars(_wording) | vars(_pictures) | vars(_axes) | vars(_patterns)).items()
        if isinstance(model, type)
        and hasattr(model, "__dataclass_fields__")
        and any(
            {OpenVariant, OpenClaim} & {*typing.get_args(getattr(hint, "__origin__", None))}
            for hint in typing.get_type_hints(model, include_extras=True).values()
        )
    }
    assert open_models == {"SeenFile", "ThreadFile", "MatterFile", "Otherwise", "OnePlace", "InVoices", "Pair", "Motif"}


# Ids


@given(st.text(max_size=9), st.lists(st.text(max_size=9)))
def test_an_id_is_known_or_told(found, known):
    """An id among the known ones is no fault; another is told once at its path, with the nearest guess."""
    expected = Fault("a.path", "unknown-id", f"found the card {found!r}, expected one that exists", guess(found, known))
    assert list(unknown_id("a.path", "card", found, known)) == ([] if found in known else [expected])


def test_a_fault_needs_no_hint():
    """A fault's hint is empty unless told."""
    assert Fault("path", "code", "message").hint == ""
