"""The drawn deck, and the pictures of other decks: what a drawing may hold, and what becomes of a stranger's file."""

from __future__ import annotations

import base64
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import intimacy_tarot as tarot
from intimacy_tarot._faces import MOST_BYTES, Face, face
from intimacy_tarot._library import card_text

DECK = tarot.load_deck("rider-waite-smith")
DRAWN = Path(__file__).parent.parent / "decks" / "rider-waite-smith" / "scalable"
EVERY_CARD = pytest.mark.parametrize("card", DECK.cards, ids=lambda card: card.id)
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
LOOKS = {
    "fill", "fill-rule", "opacity", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-dasharray", "transform", "d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r",
    "x1", "y1", "x2", "y2", "points",
}  # fmt: skip
NUMERALS = ("0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
            "XVII", "XVIII", "XIX", "XX", "XXI")  # fmt: skip
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
EVIL = """<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script>
<image href="https://example.org/spy.png"/><foreignObject><body onload="x()"/></foreignObject></svg>"""


def _parsed(text) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  a drawing of the package


def _drawing(card) -> Path:
    return DRAWN / f"{card.id.replace('.', '/')}.svg"


@EVERY_CARD
def test_a_face_says_what_it_shows(card):
    """A drawing is named as its card is, and its description is what the card's text says of the picture."""
    root = _parsed(_drawing(card).read_text("utf-8"))
    assert root.attrib["viewBox"] == "0 0 240 420"
    assert root.find(f"{SVG}title").text == card.name
    assert root.find(f"{SVG}desc").text == card_text(DECK, card).content.image
    texts = {text.attrib["class"]: text.text for text in root.findall(f"{SVG}text")}
    expected = {"title": card.name}
    if card.number is not None and card.arcana == "major":
        expected["numeral"] = NUMERALS[card.number]
    assert texts == expected


@EVERY_CARD
def test_a_face_is_small_and_made_of_plain_shapes(card):
    """A drawing has at most 12 KB, and its picture holds shapes and their looks and nothing that acts or refers."""
    raw = _drawing(card).read_bytes()
    assert len(raw) <= 12_288
    (picture,) = _parsed(raw).findall(f"{SVG}svg")
    assert picture.attrib["viewBox"] == "0 0 216 348"
    inside = [node for node in picture.iter() if node is not picture]
    assert {node.tag.removeprefix(SVG) for node in inside} <= SHAPES
    assert {name for node in inside for name in node.attrib} <= LOOKS
    assert len(inside) >= 12
    assert "url(" not in raw.decode("utf-8")


def test_no_two_faces_share_a_picture():
    """Each card has a drawing of its own, and there is one for the back that looks the same either way up."""
    pictures = {face(card, DECK).inside for card in DECK.cards}
    assert len(pictures) == len(DECK.cards) == 78
    back = _parsed((DRAWN / "back.svg").read_text("utf-8"))
    assert back.find(f"{SVG}title").text == "The back of a card"


def test_our_drawing_stands_as_markup_and_another_as_an_image(tmp_path):
    """A picture in the folder goes before ours; it is embedded whole, and what it holds is nowhere in the page."""
    hermit, fool = DECK.find("the hermit"), DECK.find("the fool")
    (tmp_path / "major_arcana").mkdir()
    (tmp_path / "major_arcana" / "09.svg").write_text(EVIL, "utf-8")
    (tmp_path / "major_arcana.00.png").write_bytes(PNG)
    assert face(hermit, DECK, tmp_path) == Face(
        None, f"data:image/svg+xml;base64,{base64.b64encode(EVIL.encode()).decode()}"
    )
    assert face(fool, DECK, tmp_path) == Face(None, f"data:image/png;base64,{base64.b64encode(PNG).decode()}")
    assert face(DECK.find("the star"), DECK, tmp_path) == face(DECK.find("the star"), DECK)
    page = tarot.interpret(tarot.lay("one-card", ["the hermit"])).to_html(art=tmp_path)
    assert "<script" not in page
    assert "onload" not in page
    assert "foreignObject" not in page
    assert "example.org" not in page


@pytest.mark.parametrize("folder", ["scalable", "h750", "h1200"])
@pytest.mark.parametrize(("ending", "begins"), [
    ("png", PNG), ("jpg", b"\xff\xd8\xff\xe0"), ("jpeg", b"\xff\xd8\xff\xe1"), ("webp", b"RIFF\0\0\0\0WEBPVP8 "),
])  # fmt: skip
def test_the_folders_of_the_open_deck_specification_work_as_they_are(tmp_path, folder, ending, begins):
    """Pictures lie at the path of the card's id, in any of the kinds that a browser shows."""
    lies = tmp_path / folder / "minor_arcana" / "cups" / f"two.{ending}"
    lies.parent.mkdir(parents=True)
    lies.write_bytes(begins)
    found = face(DECK.find("two of cups"), DECK, tmp_path / folder)
    kind = "jpeg" if ending == "jpg" else ending
    assert found == Face(None, f"data:image/{kind};base64,{base64.b64encode(begins).decode()}")


@pytest.mark.parametrize(("name", "raw", "code", "told"), [
    ("09.png", b"GIF89a", "bad-picture", "found a file that is no png picture"),
    ("09.webp", b"RIFF\0\0\0\0WAVE", "bad-picture", "found a file that is no webp picture"),
    ("09.svg", b"<html></html>", "bad-picture", "found a file that is no svg picture"),
    ("09.jpg", b"\xff\xd8\xff" + b"0" * MOST_BYTES, "too-large", "found more than 4,000,000 bytes, expected fewer"),
])  # fmt: skip
def test_what_is_no_picture_is_refused(tmp_path, name, raw, code, told):
    """A file that is not what its name says, or far too large, is a fault with its place."""
    (tmp_path / "major_arcana").mkdir()
    (tmp_path / "major_arcana" / name).write_bytes(raw)
    with pytest.raises(tarot.ContentError) as caught:
        face(DECK.find("the hermit"), DECK, tmp_path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == (code, told)
    assert problem.place.file.endswith(f"major_arcana/{name}")


def test_a_link_that_leads_outside_is_refused(tmp_path):
    """A picture that is a link to a file elsewhere is not opened."""
    (tmp_path / "secret.png").write_bytes(PNG)
    art = tmp_path / "art"
    (art / "major_arcana").mkdir(parents=True)
    (art / "major_arcana" / "09.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(tarot.ContentError, match="leads outside its folder"):
        face(DECK.find("the hermit"), DECK, art)


def test_a_decks_own_drawings_are_embedded_and_a_card_without_one_has_none(tmp_path):
    """A deck from a folder brings pictures in `scalable`; as they are a stranger's, they are images."""
    own = tmp_path / "own"
    (own / "scalable" / "major_arcana").mkdir(parents=True)
    (own / "scalable" / "major_arcana" / "09.svg").write_text(EVIL, "utf-8")
    (own / "deck.yaml").write_text(
        "id: own\nname: Own\nlanguage: en\nextends: major-arcana\nkeep: [major_arcana.09, major_arcana.17]\n", "utf-8"
    )
    deck = tarot.load_deck(own)
    assert face(deck.find("the hermit"), deck).uri is not None
    assert face(deck.find("the star"), deck) == face(DECK.find("the star"), DECK)
