"""Where cards lie on the drawn table: nothing overlaps, everything is within, and it can be read when it is small."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

import intimacy_tarot as tarot
from intimacy_tarot._table import CARD, LETTER, PITCH, table_of

EVERY_SPREAD = pytest.mark.parametrize("spread", tarot.spread_ids())
SVG = "{http://www.w3.org/2000/svg}"
LONG = "Maximiliana Wilhelmina of the Northern Lights and Lakes"


def _readings(spread):
    yield tarot.read(spread, seed=1)
    yield tarot.read(spread, seed=2, partner=LONG, reversal_rate=1)
    yield tarot.read(spread, seed="three", partner="Robin", reversal_rate=0)


def _boxes(laid, table):
    """Return the card's and the caption's boxes: left, top, right, bottom."""
    wide, high = (CARD[1], CARD[0]) if laid.turn % 180 else CARD
    lines = (*laid.heading, *laid.name)
    half = max(map(len, lines)) * table.size * LETTER / 2
    card = (laid.x - wide / 2, laid.y - high / 2, laid.x + wide / 2, laid.y + high / 2)
    caption = (laid.x - half, laid.below - table.size, laid.x + half, laid.below + (len(lines) - 1) * table.step)
    return card, caption


def _overlap(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@EVERY_SPREAD
def test_nothing_on_the_table_overlaps(spread):
    """No caption touches a card or another caption, and no card another but the one that is laid across it."""
    for reading in _readings(spread):
        table = table_of(reading)
        cells = {position.id: position.cell for position in tarot.load_spread(spread).positions}
        boxes = [(laid.place, *_boxes(laid, table)) for laid in table.cards]
        for (one, card, caption), (other, card_too, caption_too) in combinations(boxes, 2):
            assert not _overlap(caption, caption_too)
            assert not _overlap(card, caption_too)
            assert not _overlap(card_too, caption)
            assert _overlap(card, card_too) == (cells[one] == cells[other])
        for _, card, caption in boxes:
            assert not _overlap(card, caption)
            for left, top, right, bottom in (card, caption):
                assert left >= 0
                assert top >= 0
                assert right <= table.width
                assert bottom <= table.height


@EVERY_SPREAD
def test_a_caption_can_be_read_where_the_table_is_320_pixels_wide(spread):
    """Letters are about ten pixels high on the smallest phone, and a line fits its column."""
    table = table_of(tarot.read(spread, seed=1))
    assert table.size * 320 / table.width >= 9.5
    for laid in table.cards:
        assert all(len(line) * table.size * LETTER <= PITCH for line in (*laid.heading, *laid.name))


@EVERY_SPREAD
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_the_drawing_is_sound_and_says_what_it_shows(spread, palette):
    """It is XML with a title and a description; each card is numbered, named, and turned where it is reversed."""
    for reading in _readings(spread):
        root = ET.fromstring(reading.to_svg(palette=palette))  # noqa: S314  made by the package
        assert root.find(f"{SVG}title").text == reading.question
        desc = root.find(f"{SVG}desc").text
        cards = [node for node in root.iter(f"{SVG}g") if node.attrib.get("class") == "card"]
        captions = [node for node in root.iter(f"{SVG}g") if node.attrib.get("class") == "caption"]
        positions = tarot.load_spread(spread).positions
        drawn = zip(cards, captions, positions, reading.draw.cards, strict=True)
        for number, (node, caption, position, card) in enumerate(drawn, 1):
            assert f"{number}. {card.name}: " in desc
            turn = position.rotate + 180 * card.reversed
            assert node.attrib["transform"].endswith(f" rotate({turn})" if turn else ")")
            assert ("rotate" in node.attrib["transform"]) == bool(turn)
            said = " ".join(span.text for span in caption.iter(f"{SVG}tspan"))
            assert said.startswith(f"{number} ")
            assert said.endswith(card.name)


def test_an_unknown_palette_is_told_with_the_nearest():
    """A palette that there is not is a StyleError, which a caller may catch as a LookupError."""
    with pytest.raises(tarot.StyleError, match="found the palette 'drak', expected did you mean 'dark'"):
        tarot.read("one-card", seed=1).to_svg(palette="drak")
    assert issubclass(tarot.StyleError, LookupError)
