"""A saved reading whose parts do not fit together is refused when it is loaded, with every fault and its place."""

from __future__ import annotations

import dataclasses
import json

import pytest

import intimacy_tarot as tarot


def found(record: dict) -> list[str]:
    """Return what is told of a record, each fault as "path: message"."""
    with pytest.raises(tarot.RecordError) as refused:
        tarot.Reading.from_json(json.dumps(record))
    assert {problem.code for problem in refused.value.problems} == {"unfit"}
    assert str(refused.value) == "\n".join(map(str, refused.value.problems))
    return [f"{problem.path}: {problem.message}" for problem in refused.value.problems]


@pytest.fixture
def record() -> dict:
    """Return a record of three cards: an opening, three positions from sections[1] on, and what follows."""
    record = tarot.read("three-mirrors", seed=7, partner="Sam").to_dict()
    kinds = [section["kind"] for section in record["sections"]]
    assert kinds[:5] == ["opening", *["position"] * 3, "synthesis"]
    return record


def places(record: dict) -> list[str]:
    return record["draw"]["positions"]


def test_a_card_that_is_gone_is_told(record):
    """There is one card for each position."""
    del record["draw"]["cards"][0]
    assert found(record) == ["draw.cards: found 2 cards, expected 3, one for each position"]


def test_a_position_that_is_there_twice_is_told(record):
    """Each position is in a draw once; what follows from it is told with it."""
    second = places(record)[1]
    places(record)[1] = places(record)[0]
    assert found(record)[:2] == [
        "draw.positions: found a position twice, expected each once",
        f"sections[2].position: found another position, expected {places(record)[0]!r}",
    ]
    assert second not in str(places(record))


def test_a_section_that_is_gone_is_told(record):
    """There is a section for each position."""
    del record["sections"][2]
    assert found(record) == ["sections: found 2 sections for a position, expected 3"]


def test_sections_in_another_order_are_told(record):
    """The sections of positions stand in the order of the draw."""
    record["sections"][1], record["sections"][2] = record["sections"][2], record["sections"][1]
    first, second, _ = places(record)
    assert found(record) == [
        f"sections[1].position: found another position, expected {first!r}",
        f"sections[2].position: found another position, expected {second!r}",
    ]


@pytest.mark.parametrize("kind", ["questions", "position"])
def test_a_section_without_a_heading_is_told(record, kind):
    """What is printed under a heading has one."""
    at = next(at for at, section in enumerate(record["sections"]) if section["kind"] == kind)
    record["sections"][at]["heading"] = None
    assert found(record) == [f"sections[{at}].heading: found no heading, expected one"]


def test_a_position_without_its_card_is_told(record):
    """The section of a position names its card."""
    record["sections"][3]["card"] = None
    assert found(record) == ["sections[3].card: found no card, expected one"]


@pytest.mark.parametrize("side", ["light", "shadow"])
def test_a_theme_at_no_position_of_the_draw_is_told(record, side):
    """Themes are strained or at ease where a card lies."""
    record["facts"]["themes"][0][side] = ["nowhere"]
    assert found(record) == [f"facts.themes[0].{side}: found a position that is not in the draw, expected those in it"]


def test_cards_in_words_about_help_are_told(record):
    """Where harm is stated there are no cards."""
    record["plan"]["kind"] = "care"
    assert found(record) == ["sections: found 3 sections for a position, expected 0"]


def test_all_that_does_not_fit_is_told_at_once(record):
    """Several faults are told in one run, and none of them says what somebody typed."""
    del record["draw"]["cards"][0]
    record["sections"][0]["heading"] = None
    record["sections"][1]["position"] = "Sam"
    told = found(record)
    assert [fault.partition(":")[0] for fault in told] == ["draw.cards", "sections[1].position", "sections[0].heading"]
    assert "Sam" not in str(told)


# --- held against its spread and its deck


def other(drawn: tarot.Draw, **changes: object) -> tarot.Draw:
    return dataclasses.replace(drawn, **changes)


@pytest.mark.parametrize("at_hand", [True, False])
def test_a_draw_that_is_not_of_its_spread_or_deck_is_refused(at_hand):
    """Positions are the spread's and cards the deck's, one for each, before anything is drawn or said of them."""
    drawn = tarot.draw("three-mirrors", seed=7, deck="major-arcana")
    if not at_hand:
        drawn = other(drawn, content=None)
    strange = tarot.lay("one-card", ["two of cups"]).cards[0]
    for changed, message in (
        (other(drawn, positions=drawn.positions[::-1]), "found other positions than those of Three Mirrors, expected "),
        (other(drawn, positions=("a", "b", "c")), "found other positions than those of Three Mirrors, expected "),
        (other(drawn, positions=("z", "y", "x")), "found other positions than those of Three Mirrors, expected "),
        (other(drawn, cards=drawn.cards[1:]), "found 2 cards, expected 3 for Three Mirrors"),
        (other(drawn, cards=(*drawn.cards, drawn.cards[0])), "found 4 cards, expected 3 for Three Mirrors"),
        (
            other(drawn, cards=(strange, *drawn.cards[1:])),
            f"found no card of The Major Arcana at {drawn.positions[0]}",
        ),
    ):
        with pytest.raises(tarot.DrawError) as refused:
            changed.loaded()
        assert str(refused.value).startswith(message)
        with pytest.raises(tarot.DrawError):
            tarot.interpret(changed)


def test_a_record_of_another_spread_is_refused_when_it_is_drawn():
    """A record that names another spread than its own still prints, but has no table that could be drawn."""
    record = tarot.read("one-card", seed=7).to_dict()
    record["draw"]["spread"] = "three-mirrors"
    reading = tarot.Reading.from_json(json.dumps(record))
    assert reading.to_text() == tarot.read("one-card", seed=7).to_text()
    for drawn in (reading.to_svg, reading.to_html, reading._repr_html_):
        with pytest.raises(tarot.DrawError):
            drawn()


def test_a_picture_is_the_one_of_the_deck():
    """Whatever a record says of a card beside its id, its picture is the one that the deck has for it."""
    record = tarot.read("one-card", seed=7).to_dict()
    before = tarot.Reading.from_json(json.dumps(record)).to_svg()
    record["draw"]["cards"][0]["card"]["number"] = 99
    assert tarot.Reading.from_json(json.dumps(record)).to_svg() == before


@pytest.mark.parametrize("cards", [0, 1, 4])
@pytest.mark.parametrize("private", [True, False])
def test_cards_that_are_gone_are_found(cards, private):
    """A record with other than one card for each position is changed, with its private parts and without."""
    record = tarot.read("three-mirrors", seed=7).to_dict(private=private)
    record["draw"]["cards"] = (record["draw"]["cards"] * 2)[:cards]
    told = tarot.verify(record)
    assert told.altered
    assert told.differences[0] == f"draw.cards: found {cards} cards, expected 3"
