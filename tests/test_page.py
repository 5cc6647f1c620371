"""A reading as a page: whole in itself, sound, in three styles, and safe with whatever a person typed."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import intimacy_tarot as tarot
from intimacy_tarot._page import STYLES

EVERY_SPREAD = pytest.mark.parametrize("spread", tarot.spread_ids())
NASTY = "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}"
REFERS = re.compile(r"""(?:src|href|srcset|poster|action|formaction|data)\s*=\s*["']?(?!data:)""", re.IGNORECASE)
XHTML = "{http://www.w3.org/1999/xhtml}"


def _parsed(page):
    return html5lib.HTMLParser(strict=True).parse(page)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.events: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.events += [name for name, _ in attrs if name.startswith("on") or name == "style"]


@EVERY_SPREAD
@pytest.mark.parametrize("style", STYLES)
def test_every_spread_makes_a_sound_page(spread, style):
    """A page is strict HTML5, with one heading for each part, and holds every passage of its reading."""
    reading = tarot.read(spread, seed=5, partner="Robin", reader="Sam", question="How do we begin?")
    page = reading.to_html(style=style)
    root = _parsed(page)
    text = re.sub(r"\s+", " ", "".join(root.itertext()))
    for passage in reading.passages:
        assert re.sub(r"\s+", " ", passage.text) in text
    assert len(root.findall(f".//{XHTML}h1")) == 1
    parts = {"position", "synthesis", "questions", "practice", "themes"}
    headed = [section for section in reading.sections if section.kind in parts]
    assert len(root.findall(f".//{XHTML}h2")) == len(headed)
    assert root.find(f".//{XHTML}main") is not None
    assert root.find(f".//{XHTML}footer") is not None


@EVERY_SPREAD
def test_a_page_acts_on_nothing_and_fetches_nothing(spread):
    """There is no script, no event attribute, no style attribute and no reference but to data in the page itself."""
    page = tarot.read(spread, seed=5).to_html()
    found = _Tags()
    found.feed(page)
    assert not {"script", "iframe", "object", "embed", "link", "base", "form", "foreignobject"} & set(found.tags)
    assert found.events == []
    assert REFERS.findall(page) == []
    assert "@import" not in page
    assert "url(" not in page


@pytest.mark.parametrize("style", STYLES)
def test_the_policy_allows_the_pages_own_style_and_nothing_else(style):
    """The style sheet is allowed by its digest, so that no other style and no script would run."""
    page = tarot.read("one-card", seed=5).to_html(style=style)
    css = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=40))
def test_whatever_a_person_types_is_only_text(question, name):
    """A question and a name of any characters come back as text, and add no tag to the page."""
    try:
        reading = tarot.read("one-card", seed=5, question=question, reader=name)
    except tarot.PersonError:
        return
    tags, plain = _Tags(), _Tags()
    tags.feed(reading.to_html())
    plain.feed(tarot.read("one-card", seed=5, question="What now?", reader="Sam").to_html())
    if reading.kind == "reading" and reading.plan.heard is None:
        assert tags.tags == plain.tags
    assert "script" not in tags.tags


def test_markup_in_names_and_questions_is_shown_and_not_obeyed():
    """Tags, quotes and braces that somebody typed are printed as they are, in the page and in the drawing."""
    reading = tarot.read("partner-need", seed=3, question=NASTY, partner=NASTY[:60], reader="<b>Sam</b>")
    page = reading.to_html()
    found = _Tags()
    found.feed(page)
    assert not {"script", "img", "b"} & (set(found.tags) - {"b"})
    assert found.events == []
    text = "".join(_parsed(page).itertext())
    assert NASTY in text
    assert "For <b>Sam</b>" in text
    assert "<script" not in reading.to_svg()
    assert "<script" not in reading._repr_html_()


def test_the_themes_are_shown_by_the_numbers_of_the_cards():
    """Each theme has a row: on the left the cards where it is strained, on the right those where it is at ease."""
    reading = tarot.read("emotional-block", seed=7)
    rows = _parsed(reading.to_html()).findall(f".//{XHTML}tbody/{XHTML}tr")
    number = {place: str(count) for count, place in enumerate(reading.draw.positions, 1)}
    facts = {fact.theme: fact for fact in reading.facts.themes}
    assert len(rows) == 8
    for row, which in zip(rows, facts, strict=True):
        left, right = row.findall(f"{XHTML}td")
        assert [node.text for node in left] == [number[place] for place in facts[which].shadow]
        assert [node.text for node in right] == [number[place] for place in facts[which].light]
    without = tarot.read("emotional-block", seed=7, show_themes=False).to_html()
    assert "<table>" not in without


def test_a_page_of_help_has_no_cards():
    """Where a question states harm, the page holds what helps, the footer and the support text, and no card."""
    reading = tarot.read("emotional-block", seed=3, question="He hit me last night", support_text="Call Ada.")
    assert reading.kind == "care"
    page = reading.to_html()
    _parsed(page)
    assert "<svg" not in page
    assert "Call Ada." in page
    assert "<title>Before any cards</title>" in page
    drawing = reading.to_svg()
    assert 'class="card"' not in drawing
    assert not any(card.name in drawing for card in reading.draw.cards)


def test_an_unknown_style_is_told_with_the_nearest():
    """A style that there is not is a StyleError with a guess, or with the styles there are."""
    reading = tarot.read("one-card", seed=1)
    with pytest.raises(tarot.StyleError, match="found the style 'quite', expected did you mean 'quiet'"):
        reading.to_html(style="quite")
    with pytest.raises(tarot.StyleError, match="known: night, print, quiet"):
        reading.to_html(style="../../secret")


def test_a_host_may_bring_templates_of_its_own(tmp_path):
    """A template or a style in the folder goes before ours of that name, and the others stay."""
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "mine.css").write_text("body { color: teal }", "utf-8")
    (tmp_path / "face.svg.j2").write_text("<i>{{ card.number }}</i>", "utf-8")
    page = tarot.read("one-card", seed=1).to_html(style="mine", templates=tmp_path)
    assert "body { color: teal }" in page
    assert "<i>1</i>" in page
    assert "<h1>What might help us feel closer today?</h1>" in page


def test_a_folder_of_templates_that_is_missing_is_told(tmp_path):
    """Where the folder is not there, nothing is drawn with our own in its place."""
    with pytest.raises(tarot.StyleError, match=r"^found no folder of templates at '.*none', expected one$"):
        tarot.read("one-card", seed=1).to_html(templates=tmp_path / "none")


def test_a_notebook_shows_the_page_in_a_frame_of_its_own():
    """The cell is one frame without rights, and what it holds is the page."""
    reading = tarot.read("one-card", seed=1)
    (frame,) = _parsed(f"<!doctype html><title>t</title>{reading._repr_html_()}").findall(f".//{XHTML}iframe")
    assert frame.attrib["sandbox"] == ""
    assert frame.attrib["srcdoc"] == reading.to_html()
